using ArchRouter.TestDoubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ArchRouter.Tests.Diagnostics;

public class LoggingTests
{
    private const string Secret = "code for the secret plan";

    private static async Task<IReadOnlyList<FakeLogRecord>> LinesAt(LogLevel level, IRouterEngine engine, RouteContext? context = null)
    {
        var logger = new FakeLogger<PreferenceRouter>();
        foreach (LogLevel below in Enum.GetValues<LogLevel>().Where(l => l < level))
        {
            logger.ControlLevel(below, enabled: false);
        }

        await Given.Router(engine, logger: logger).RouteAsync(context ?? Given.Request(Secret));
        return logger.Collector.GetSnapshot();
    }

    [Fact]
    public async Task Information_LogsNothingPerCall()
    {
        Assert.Empty(await LinesAt(LogLevel.Information, ScriptedRouterEngine.ByMention()));
        Assert.Empty(await LinesAt(LogLevel.Information, ScriptedRouterEngine.ByMention(), Given.Request("weather")));
        Assert.Empty(await LinesAt(LogLevel.Information, ScriptedRouterEngine.ByMention(), new()));
    }

    [Fact]
    public async Task Debug_LogsTheDecisionWithoutContent()
    {
        FakeLogRecord line = Assert.Single(await LinesAt(LogLevel.Debug, ScriptedRouterEngine.ByMention()));

        Assert.Equal((LogLevel.Debug, 1, "Decided"), (line.Level, line.Id.Id, line.Id.Name));
        Assert.Equal("Routed Call: policy 'code' at 0.90, next 'chat' 0.05 → strong", line.Message);
    }

    [Theory]
    [InlineData("coder", "team", "write", "Routed Agent of agent 'coder': ")]
    [InlineData(null, "team", "write", "Routed Call of function 'team.write': ")]
    [InlineData("", null, "write", "Routed Call of function 'write': ")]
    public async Task Debug_SaysWhoCalled(string? agent, string? plugin, string? function, string start)
    {
        RouteContext context = new() { Conversation = Given.Request(Secret).Conversation, AgentName = agent, PluginName = plugin, FunctionName = function };

        Assert.StartsWith(start, Assert.Single(await LinesAt(LogLevel.Debug, ScriptedRouterEngine.ByMention(), context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_AddsTheRequest()
    {
        IReadOnlyList<FakeLogRecord> lines = await LinesAt(LogLevel.Trace, ScriptedRouterEngine.ByMention());

        Assert.Equal([LogLevel.Debug, LogLevel.Trace], lines.Select(l => l.Level));
        Assert.Equal($"Request: {Secret} Routed: policy 'code' at 0.90, next 'chat' 0.05 → strong", lines[1].Message);
    }

    [Fact]
    public async Task Failure_IsAWarningWithoutContent()
    {
        var error = new IOException("disk");
        FakeLogRecord line = Assert.Single(await LinesAt(LogLevel.Debug, ScriptedRouterEngine.Failing(error)));

        Assert.Equal((LogLevel.Warning, 2), (line.Level, line.Id.Id));
        Assert.Equal("Routing ended in EngineFailed; the fallback 'rest' serves.", line.Message);
        Assert.Same(error, line.Exception);
    }

    [Theory]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.Information)]
    public async Task Content_DoesNotAppearAboveTrace(LogLevel level)
    {
        foreach (IRouterEngine engine in new[] { ScriptedRouterEngine.ByMention(), ScriptedRouterEngine.Failing(new IOException()), ScriptedRouterEngine.Failing(new RouterOverloadedException()) })
        {
            foreach (FakeLogRecord line in await LinesAt(level, engine))
            {
                Assert.DoesNotContain("secret", line.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(line.StructuredState!, pair => pair.Value?.Contains("secret", StringComparison.Ordinal) == true);
            }
        }
    }
}
