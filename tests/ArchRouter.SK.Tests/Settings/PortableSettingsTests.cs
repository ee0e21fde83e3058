using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace ArchRouter.SK.Tests;

/// <summary>Settings of one connector at a target of another: a chat client, and the real OpenAI connector.</summary>
public sealed class PortableSettingsTests : IDisposable
{
    private readonly CapturingHandler _wire = new();
    private readonly HttpClient _http;
    private readonly RecordingLogger<PreferenceRouter> _logger = new();
    private int _toolRuns;

    public PortableSettingsTests() => _http = new HttpClient(_wire);

    public static TheoryData<string> Formats => ["type", "schema", "json", "text", "word"];

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task ToolCallBehavior_OfAllFunctions_ReachesAChatClient(bool streaming, bool autoInvoke)
    {
        TestChatClient client = TestChatClient.Answering(call => call.Messages[^1].Role == ChatRole.Tool
            ? new Microsoft.Extensions.AI.TextContent("the answer")
            : new Microsoft.Extensions.AI.FunctionCallContent("1", "db_tables", new Dictionary<string, object?>()));
        OpenAIPromptExecutionSettings mine = new()
        {
            Temperature = 0.25,
            ToolCallBehavior = autoInvoke ? ToolCallBehavior.AutoInvokeKernelFunctions : ToolCallBehavior.EnableKernelFunctions,
        };

        (string text, _) = await Ask.PromptAsync(Build(client), "a sql query", streaming, new KernelArguments(mine));

        Assert.Equal(autoInvoke ? "the answer" : "", text);
        Assert.Equal(autoInvoke ? 1 : 0, _toolRuns);
        ChatOptions given = client.Calls.First().Options!;
        Assert.Equal(["db_tables"], given.Tools!.Select(t => t.Name));
        Assert.Equal(0.25f, given.Temperature);
        Assert.DoesNotContain(_logger.Entries, e => e.Level == LogLevel.Warning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolCallBehavior_OfAllFunctions_OffersNoneWithoutAKernel(bool autoInvoke)
    {
        TestChatClient client = TestChatClient.Saying("the answer");
        IChatCompletionService service = Build(client).GetRequiredService<IChatCompletionService>();
        OpenAIPromptExecutionSettings mine = new()
        {
            ToolCallBehavior = autoInvoke ? ToolCallBehavior.AutoInvokeKernelFunctions : ToolCallBehavior.EnableKernelFunctions,
        };

        (string text, _) = await Ask.ServiceAsync(service, [new(AuthorRole.User, "a sql query")], streaming: false, mine);

        Assert.Equal("the answer", text);
        Assert.Empty(client.Calls.Single().Options?.Tools ?? []);
        Assert.DoesNotContain(_logger.Entries, e => e.Level == LogLevel.Warning);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task ResponseFormat_ReachesAChatClient(string format)
    {
        TestChatClient client = TestChatClient.Saying("{}");
        OpenAIPromptExecutionSettings mine = new() { ResponseFormat = Format(format), MaxTokens = 7 };

        await Build(client).InvokePromptAsync("a sql query", new KernelArguments(mine));

        ChatOptions given = client.Calls.Single().Options!;
        Assert.Equal(7, given.MaxOutputTokens);
        Assert.Equal(Kind(format), given.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } => Required(JsonNode.Parse(schema.GetRawText())!),
            ChatResponseFormatJson => "json_object",
            _ => "text",
        });
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task ResponseFormat_OfAnotherConnectorsSettings_ReachesOpenAI(string format)
    {
        OtherSettings mine = new() { ResponseFormat = Format(format), Temperature = 0.25 };

        await Build(TestChatClient.Saying("unused")).InvokePromptAsync("a mail", new KernelArguments(mine));

        JsonNode body = _wire.Sent.Single().Body;
        Assert.Equal(0.25, body["temperature"]!.GetValue<double>());
        Assert.Equal(Kind(format), body["response_format"]!["type"]!.GetValue<string>() is var type && type == "json_schema"
            ? Required(body["response_format"]!["json_schema"]!["schema"]!)
            : type);
    }

    [Fact]
    public async Task ToolCallBehavior_OfAnotherConnectorsSettings_ReachesOpenAI()
    {
        OtherSettings mine = new() { ToolCallBehavior = ToolCallBehavior.EnableKernelFunctions };

        await Build(TestChatClient.Saying("unused")).InvokePromptAsync("a mail", new KernelArguments(mine));

        Assert.Equal("db-tables", Assert.Single(_wire.Sent.Single().Body["tools"]!.AsArray())!["function"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task SettingThatCannotBeSaid_IsLoggedOnce_WithItsNameAndTheTarget()
    {
        Kernel kernel = Build(TestChatClient.Saying("unused"));
        OtherSettings mine = new()
        {
            ToolCallBehavior = ToolCallBehavior.RequireFunction(kernel.Plugins.GetFunctionsMetadata()[0].ToOpenAIFunction()),
            Secret = new object(),
            Temperature = 0.25,
        };

        await kernel.InvokePromptAsync("a mail", new KernelArguments(mine));
        await kernel.InvokePromptAsync("another mail", new KernelArguments(mine));

        Assert.All(_wire.Sent, sent => Assert.Equal(0.25, sent.Body["temperature"]!.GetValue<double>()));
        string[] warnings = [.. _logger.Entries.Where(e => e.Level == LogLevel.Warning).Select(e => e.Message)];
        Assert.Equal(2, warnings.Length);
        Assert.Contains(warnings, w => w.Contains("'fast'", StringComparison.Ordinal) && w.Contains("'ToolCallBehavior' of OtherSettings", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Contains("'fast'", StringComparison.Ordinal) && w.Contains("'secret' of OtherSettings", StringComparison.Ordinal));
    }

    [Fact]
    public void Schema_IsNotSaidToAConnectorThatIsNotKnownToTakeIt()
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new("Microsoft.SemanticKernel.Connectors.Test"), AssemblyBuilderAccess.RunAndCollect);
        object service = Activator.CreateInstance(assembly.DefineDynamicModule("main").DefineType("Service", TypeAttributes.Public).CreateType())!;
        OpenAIPromptExecutionSettings mine = new() { ResponseFormat = typeof(Answer), MaxTokens = 7 };

        PromptExecutionSettings given = new PortableSettings(_logger).For(new RouteTarget("other"), service, mine, null)!;

        Assert.Equal(["max_tokens"], given.ExtensionData!.Keys);
        Assert.Contains("'response_format' of OpenAIPromptExecutionSettings", Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsThatTheTargetReads_AreTheCallersOwn()
    {
        PortableSettings portable = new(_logger);
        RouteTarget target = new("t");
        IChatCompletionService openAI = new OpenAIChatCompletionService("gpt", "key");
        IChatCompletionService adapter = TestChatClient.Saying("x").AsChatCompletionService();
        OpenAIPromptExecutionSettings tools = new() { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions, ResponseFormat = typeof(Answer) };
        OpenAIPromptExecutionSettings plain = new() { Temperature = 0.5, ResponseFormat = "json_object" };
        OtherSettings secret = new() { Secret = new { A = 1 } };

        Assert.Same(tools, portable.For(target, openAI, tools, null));
        Assert.Same(plain, portable.For(target, adapter, plain, null));
        Assert.Same(secret, portable.For(target, adapter, secret, null));
        Assert.Null(portable.For(target, adapter, null, null));
    }

    private static object Format(string format) => format switch
    {
        "type" => typeof(Answer),
        "schema" => OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(
            "answer", BinaryData.FromString("""{"type":"object","properties":{"City":{"type":"string"}},"required":["City"]}""")),
        "json" => OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat(),
        "text" => OpenAI.Chat.ChatResponseFormat.CreateTextFormat(),
        _ => "json_object",
    };

    private static string Kind(string format) => format switch
    {
        "type" or "schema" => "City",
        "text" => "text",
        _ => "json_object",
    };

    private static string Required(JsonNode schema) => string.Join(",", schema["required"]!.AsArray().Select(n => n!.GetValue<string>()));

    /// <summary>Policy "sql" leads to a chat client, "mail" to the OpenAI connector.</summary>
    private Kernel Build(IChatClient strong)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<ILogger<PreferenceRouter>>(_logger);
        builder.Services.AddKeyedSingleton("strong", strong);
        builder.AddOpenAIChatCompletion("gpt", "key", serviceId: "fast", httpClient: _http);
        builder.AddArchRouterSelector(
            routes => routes.Route("sql", "Queries", to: "strong").Route("mail", "E-mails", to: "fast").Fallback("fast"),
            router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        Kernel kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("db", [KernelFunctionFactory.CreateFromMethod(() => ++_toolRuns, "tables")]);
        return kernel;
    }

    private sealed record Answer(string City);

    private sealed class OtherSettings : PromptExecutionSettings
    {
        [JsonPropertyName("temperature")]
        public double? Temperature { get; set; }

        [JsonPropertyName("response_format")]
        public object? ResponseFormat { get; set; }

        [JsonPropertyName("secret")]
        public object? Secret { get; set; }

        [JsonIgnore]
        public ToolCallBehavior? ToolCallBehavior { get; set; }
    }
}
