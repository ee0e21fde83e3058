using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.AzureOpenAI;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace ArchRouter.SK.Tests;

public sealed class SettingsProjectionTests
{
    private static readonly RouteTarget Target = new("fast");
    private static readonly OpenAIChatCompletionService OpenAI = new("gpt", "key");

    [Fact]
    public void Nothing_StaysNothing() => Assert.Null(SettingsProjection.For(Target, OpenAI, null));

    [Fact]
    public void SettingsThatNeedNoChange_AreTheCallersOwn()
    {
        OpenAIPromptExecutionSettings mine = new() { Temperature = 0.3 };

        Assert.Same(mine, SettingsProjection.For(Target, OpenAI, mine));
    }

    [Fact]
    public void DerivedSettings_OfTheApplication_KeepWhatTheConnectorKnows()
    {
        DerivedSettings mine = new() { ResponseFormat = typeof(RoutePolicy), ReasoningEffort = "low", ModelId = "m" };

        OpenAIPromptExecutionSettings given = Assert.IsAssignableFrom<OpenAIPromptExecutionSettings>(SettingsProjection.For(Target, OpenAI, mine));

        Assert.Equal(typeof(RoutePolicy), given.ResponseFormat);
        Assert.Equal("low", given.ReasoningEffort);
        Assert.Null(given.ModelId);
    }

    [Fact]
    public void DecoratedConnector_ReceivesTheSettingsAsTheyAre()
    {
        OpenAIPromptExecutionSettings mine = new() { ToolCallBehavior = ToolCallBehavior.AutoInvokeKernelFunctions };
        IChatCompletionService decorated = new Moq.Mock<IChatCompletionService>().Object;

        Assert.Same(mine, SettingsProjection.For(Target, decorated, mine));
    }

    [Fact]
    public void TargetsSettings_GiveWayWhateverTheCase()
    {
        RouteTarget target = new("fast") { Settings = new() { Temperature = 0.5 } };
        PromptExecutionSettings mine = new() { ExtensionData = new Dictionary<string, object> { ["Temperature"] = 0.1 } };

        Assert.Equal(["Temperature"], SettingsProjection.For(target, OpenAI, mine)!.ExtensionData!.Keys);
    }

    [Fact]
    public void NativeSettings_KeepTheirType_LoseTheIds_AndAreACopy()
    {
        OpenAIPromptExecutionSettings mine = new() { Temperature = 0.3, ModelId = "m", ServiceId = "s", ResponseFormat = typeof(RoutePolicy) };
        mine.Freeze();

        OpenAIPromptExecutionSettings given = Assert.IsType<OpenAIPromptExecutionSettings>(SettingsProjection.For(Target, OpenAI, mine));

        Assert.NotSame(mine, given);
        Assert.False(given.IsFrozen);
        Assert.Equal(0.3, given.Temperature);
        Assert.Equal(typeof(RoutePolicy), given.ResponseFormat);
        Assert.Null(given.ModelId);
        Assert.Null(given.ServiceId);
        Assert.Equal("m", mine.ModelId);
    }

    [Fact]
    public void SettingsOfAnAssemblyTheConnectorBuildsOn_AreNative() =>
        Assert.IsType<OpenAIPromptExecutionSettings>(SettingsProjection.For(
            Target, new AzureOpenAIChatCompletionService("d", "https://localhost/", "key"), new OpenAIPromptExecutionSettings { MaxTokens = 5 }));

    [Fact]
    public void ForeignSettings_BecomeBaseSettings_ThatOtherConnectorsCanRead()
    {
        FunctionChoiceBehavior tools = FunctionChoiceBehavior.Auto();
        ForeignSettings mine = new() { Temperature = 0.2, MaxTokens = 77, Secret = new object(), FunctionChoiceBehavior = tools };

        PromptExecutionSettings given = SettingsProjection.For(Target, OpenAI, mine)!;
        OpenAIPromptExecutionSettings read = OpenAIPromptExecutionSettings.FromExecutionSettings(given);

        Assert.Equal(typeof(PromptExecutionSettings), given.GetType());
        Assert.Equal(0.2, read.Temperature);
        Assert.Equal(77, read.MaxTokens);
        Assert.Same(tools, given.FunctionChoiceBehavior);
        Assert.Same(tools, read.FunctionChoiceBehavior);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TargetsSettings_FillWhatTheRequestLeavesOpen(bool typed)
    {
        RouteTarget target = new("fast") { Settings = new() { Temperature = 0.9, MaxOutputTokens = 100, TopP = 0.5 } };
        PromptExecutionSettings mine = typed
            ? new OpenAIPromptExecutionSettings { Temperature = 0.1 }
            : new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.1 } };

        OpenAIPromptExecutionSettings read = OpenAIPromptExecutionSettings.FromExecutionSettings(SettingsProjection.For(target, OpenAI, mine));

        Assert.Equal(0.1, read.Temperature);
        Assert.Equal(100, read.MaxTokens);
        Assert.Equal(0.5, read.TopP);
    }

    [Fact]
    public void TargetsSettings_ServeARequestWithoutAny()
    {
        RouteTarget target = new("fast") { Settings = new() { MaxOutputTokens = 100 } };

        OpenAIPromptExecutionSettings read = OpenAIPromptExecutionSettings.FromExecutionSettings(SettingsProjection.For(target, OpenAI, null));

        Assert.Equal(100, read.MaxTokens);
        Assert.Null(read.Temperature);
    }

    [Theory]
    [MemberData(nameof(OwnTypes))]
    public async Task SettingsOfTheApplicationsOwnType_AreNeverChanged(string how, bool frozen)
    {
        OwnSettings mine = OwnSettings.CopiedBy(how);
        mine.ExtensionData = new Dictionary<string, object> { ["seed"] = 1 };
        mine.ModelId = "m";
        if (frozen)
        {
            mine.Freeze();
        }

        var test = new TestKernel
        {
            Routes = routes => routes.Target(new RouteTarget("strong") { Settings = new() { Temperature = 0.9, MaxOutputTokens = 100 } }).Fallback("strong"),
        };
        await test.Build().InvokePromptAsync("hello", new KernelArguments(mine));

        OwnSettings given = Assert.IsType<OwnSettings>(test.Strong.Calls.Single().Settings);
        Assert.Equal(7, given.Knob);
        Assert.Equal(["seed"], mine.ExtensionData.Keys);
        Assert.Equal(("m", frozen), (mine.ModelId, mine.IsFrozen));
        Assert.Equal(how == "memberwise" && !frozen, !ReferenceEquals(mine, given) && given.ExtensionData!.ContainsKey("max_tokens"));
    }

    [Theory]
    [MemberData(nameof(OwnTypes))]
    public void SettingsOfTheApplicationsOwnType_AreFilledForChatClients(string how, bool frozen)
    {
        RouteTarget target = new("fast") { Settings = new() { Temperature = 0.9, TopP = 0.5 } };
        IChatCompletionService client = ArchRouter.TestDoubles.TestChatClient.Saying("hello").AsChatCompletionService();
        OwnSettings mine = OwnSettings.CopiedBy(how);
        mine.OwnTemperature = 0.2;
        if (frozen)
        {
            mine.Freeze();
        }

        PromptExecutionSettings given = SettingsProjection.For(target, client, mine)!;

        Microsoft.Extensions.AI.ChatOptions options = given.ToChatOptions(null)!;
        Assert.Equal((0.2f, 0.5f), (options.Temperature, options.TopP));
        Assert.NotSame(mine, given);
        Assert.Null(mine.ExtensionData);
    }

    public static TheoryData<string, bool> OwnTypes() => new()
    {
        { "base", false }, { "base", true }, { "itself", false }, { "itself", true }, { "memberwise", false }, { "memberwise", true },
    };

    [Fact]
    public async Task FrozenFunctionSettings_ReachTheTargetUnchanged()
    {
        var test = new TestKernel();
        PromptExecutionSettings mine = new() { ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.4 } };
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("a sql query", mine);

        await test.Build().InvokeAsync(function);

        Assert.Equal(0.4, test.Strong.Calls.Single().Settings!.ExtensionData!["temperature"]);
    }

    private sealed class DerivedSettings : OpenAIPromptExecutionSettings;

    /// <summary>An application's settings, with the ways in which applications copy them.</summary>
    private sealed class OwnSettings : PromptExecutionSettings
    {
        private string _how = "";

        [System.Text.Json.Serialization.JsonPropertyName("temperature")]
        public double? OwnTemperature { get; set; }

        public int Knob { get; private set; }

        public static OwnSettings CopiedBy(string how) => new() { _how = how, Knob = 7 };

        public override PromptExecutionSettings Clone() => _how switch
        {
            "itself" => this,
            "memberwise" => (PromptExecutionSettings)MemberwiseClone(),
            _ => base.Clone(),
        };
    }

    private sealed class ForeignSettings : PromptExecutionSettings
    {
        [System.Text.Json.Serialization.JsonPropertyName("temperature")]
        public double Temperature { get; set; }

        [System.Text.Json.Serialization.JsonPropertyName("max_tokens")]
        public int MaxTokens { get; set; }

        [System.Text.Json.Serialization.JsonPropertyName("secret")]
        public object? Secret { get; set; }
    }
}
