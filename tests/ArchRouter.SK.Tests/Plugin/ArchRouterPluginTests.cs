using System.Text.Json;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

public sealed class ArchRouterPluginTests
{
    [Fact]
    public async Task Route_SaysPolicyAndTarget_WithoutCallingThem()
    {
        var test = new TestKernel { Add = builder => builder.Plugins.AddArchRouterPlugin() };
        Kernel kernel = test.Build();

        FunctionResult result = await kernel.InvokeAsync("archrouter", "route", new() { ["request"] = "a sql query" });

        JsonElement answer = JsonSerializer.SerializeToElement(result.GetValue<object>());
        Assert.Equal("sql", answer.GetProperty("Policy").GetString());
        Assert.Equal("strong", answer.GetProperty("Target").GetString());
        Assert.Empty(test.Strong.Calls);
    }

    [Fact]
    public async Task Explain_RanksEveryPolicyAndOther()
    {
        Kernel kernel = new TestKernel { Add = builder => builder.Plugins.AddArchRouterPlugin() }.Build();

        string text = (await kernel.InvokeAsync("archrouter", "explain", new() { ["request"] = "a sql query" })).ToString();

        string[] lines = text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("policy 'sql' at 0.90", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("0.900  sql", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.EndsWith("  other", StringComparison.Ordinal));
    }
}
