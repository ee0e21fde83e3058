using System.Text.Json;
using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>Who may say how a call is routed: the application does, not the model that writes the arguments of a tool.</summary>
public sealed class HintTrustTests
{
    private const string Table = "archrouter.table";
    private const string Allowed = "archrouter.allowed_policies";
    private const string Agent = "archrouter.agent";

    public static TheoryData<bool, bool, string, string> Attempts()
    {
        TheoryData<bool, bool, string, string> data = [];
        foreach ((bool streaming, bool clients) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            data.Add(streaming, clients, Table, "\"open\"");
            data.Add(streaming, clients, Allowed, "\"code\"");
            data.Add(streaming, clients, Allowed, """["code","prose"]""");
            data.Add(streaming, clients, Agent, "\"nobody\"");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task PromptFunctionAsATool_IsNotRoutedByWhatTheModelWrites(bool streaming, bool clients, string key, string json)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(request =>
            request.Tools.Count > 0 && !request.HasResult
                ? LoopbackAnswer.Call(request.Tools[0], $$"""{"{{key}}":{{json}},"topic":"an own topic"}""")
                : LoopbackAnswer.Say("done"));
        using var stage = new KernelStage(server)
        {
            Clients = clients,
            Configure = router => router.AddTable("open", t => t.Route("code", "Writing code", to: "strong").Fallback("strong")),
        };
        Kernel kernel = stage.Build();
        // Lead may only match "prose", and so may the kernel where the attempt is to lift that limit.
        _ = key == Allowed ? kernel.WithAllowedPolicies("prose") : kernel.WithAgentName("Lead");
        kernel.Plugins.AddFromFunctions("tools", [KernelFunctionFactory.CreateFromPrompt($"{KernelStage.Request} on {{{{$topic}}}}", functionName: "write")]);

        await Ask.PromptAsync(kernel, "prose", streaming, new KernelArguments(KernelStage.Automatic));

        LoopbackRequest ofTool = Assert.Single(server.Requests, r => r.Latest.EndsWith("an own topic", StringComparison.Ordinal));
        Assert.Equal("fast", ofTool.Model);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RawArguments_SayNothing(bool asJson)
    {
        var test = new TestKernel { Configure = router => router.AddTable("legal", t => t.Route("sql", "Anything about clauses", to: "fast").Fallback("fast")) };
        KernelArguments arguments = new() { [Table] = Raw("legal"), [Allowed] = Raw("mail"), [Agent] = Raw("Reviewer") };

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(test.Build(), "a sql query", streaming: false, arguments);

        Assert.Equal(("strong", null), (text, decision!.AgentName));

        object Raw(string value) => asJson ? JsonSerializer.SerializeToElement(value) : value;
    }

    [Fact]
    public async Task CopiedArguments_KeepTheirHints()
    {
        var test = new TestKernel();
        KernelArguments arguments = new KernelArguments().WithAllowedPolicies("mail").WithAgentName("Reviewer");

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(test.Build(), "a sql query", streaming: false, new KernelArguments(arguments));

        Assert.Equal(("fast", "Reviewer"), (text, decision!.AgentName));
    }

    [Fact]
    public async Task Hints_AreTextToTemplateEngines()
    {
        var test = new TestKernel();
        RouteTable table = RouteTable.Create(t => t.Route("sql", "Writing database queries", to: "fast").Fallback("strong"));
        KernelArguments arguments = new KernelArguments().WithRouteTable(table).WithAllowedPolicies("sql").WithAgentName("Reviewer");
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt(new PromptTemplateConfig("a sql query"), new EncodingTemplates());

        FunctionResult result = await test.Build().InvokeAsync(function, arguments);

        Assert.Equal("fast", result.ToString());
        Assert.Equal(table.Version, result.GetRoutingDecision()!.TableVersion);
    }

    /// <summary>Refuses arguments that it cannot encode, as Handlebars and Liquid templates do.</summary>
    private sealed class EncodingTemplates : IPromptTemplateFactory, IPromptTemplate
    {
        private string _text = "";

        public bool TryCreate(PromptTemplateConfig templateConfig, out IPromptTemplate result)
        {
            _text = templateConfig.Template;
            result = this;
            return true;
        }

        public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
        {
            Assert.All(arguments!.Values, value => Assert.IsType<string>(value));
            return Task.FromResult(_text);
        }
    }
}
