using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Onnx.Tests;

public sealed class DecoderLoadTests
{
    private static readonly string[] Awkward = ["code", "code_generation", "code generation", "it's \"quoted\"", "back\\slash", "emoji 🙂", "résumé", "other things", "x"];

    public static TheoryData<string, string> KindsAndLayouts
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string kind in (string[])["tiny-llama-int4", "tiny-qwen2-fp32", "tiny-qwen2-int4", "tiny-qwen2-int4-dml"])
            {
                foreach (string layout in PromptLayouts.Ids)
                {
                    all.Add(kind, layout);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndLayouts))]
    public async Task ScoreAsync_GivesADistributionInEveryLayout(string kind, string layout)
    {
        using var folder = new GenAIFolder(kind);
        folder.Describe(Router(layout));
        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder.Path, new DecoderOptions { ProbabilityTolerance = 0 });
        RouterRequest request = Requests.Of("Write a \"function\" that 🙂 counts</routes>", Awkward);

        PolicyScores scores = await engine.ScoreAsync(request);

        Assert.Equal("tiny", engine.ModelId);
        Assert.Equal(RouterTier.RouterModel, scores.Tier);
        Assert.Equal(1, scores.Probabilities.Sum() + scores.Other, 1e-9);
        Assert.All(scores.Probabilities.Append(scores.Other), probability => Assert.InRange(probability, 1e-12, 1));
        Assert.Equal(scores.Probabilities, (await engine.ScoreAsync(request)).Probabilities);

        await engine.ScoreAsync(Requests.Of("Something else", "a", "b"));
        await engine.ScoreAsync(Requests.Of("Something else", Awkward));
        Assert.Equal(scores.Probabilities, (await engine.ScoreAsync(request)).Probabilities);
    }

    /// <summary>The scores are the probabilities that the model gives to whole answers, each token among those that go on with an answer.</summary>
    [Theory]
    [InlineData("compact")]
    [InlineData("arch-router-card")]
    public async Task ScoreAsync_EqualsTheAnswersTokenByToken(string layout)
    {
        using var folder = new GenAIFolder();
        folder.Describe(Router(layout));
        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder.Path, new DecoderOptions { ProbabilityTolerance = 0 });
        RouterRequest request = Requests.Of("Explain this", Awkward);
        PolicyScores scores = await engine.ScoreAsync(request);

        BpeTokenizer tokenizer = BpeTokenizer.Load(folder.File_("tokenizer.json"));
        PromptLayout form = PromptLayouts.Find(layout, ChatFrame.Plain)!;
        var compiler = PromptCompiler.Create(form, tokenizer, 2048, "tokenizer.json", new ModelFolderReport(folder.Path))!;
        PromptTokens tokens = compiler.Compile(request.Policies);
        int[] prompt = [.. tokens.Prefix.Span, .. tokens.Encode(request.Conversation)];
        using DecoderPlaces places = Decoders.Load(folder.Path);
        for (int candidate = 0; candidate < tokens.Answers.Count; candidate++)
        {
            int[] answer = tokens.Answers[candidate];
            double probability = 1;
            for (int i = 0; i < answer.Length; i++)
            {
                float[] logits = places.All[0].Read([.. prompt, .. answer[..i]]);
                int[] ways = [.. tokens.Answers.Where(other => other.AsSpan().StartsWith(answer.AsSpan(0, i))).Select(other => other[i]).Distinct()];
                probability *= Math.Exp(logits[answer[i]]) / ways.Sum(way => Math.Exp(logits[way]));
            }

            Assert.Equal(probability, candidate < request.Policies.Count ? scores.Probabilities[candidate] : scores.Other, 1e-4);
        }
    }

    [Fact]
    public async Task WarmUpAsync_ReadsThePoliciesAhead()
    {
        using var folder = new GenAIFolder();
        RouterModelRuntime runtime = RouterModelLoader.Load(folder.Path, new DecoderOptions { Layout = "compact" });
        await using DecoderRouterEngine engine = runtime.ToEngine();
        RouterRequest request = Requests.Of("x", Awkward);

        await engine.WarmUpAsync(request.Policies);
        long warmUp = TokensRun(runtime);
        await engine.ScoreAsync(request);
        long first = TokensRun(runtime) - warmUp;
        await engine.ScoreAsync(Requests.Of("y", Awkward));
        long second = TokensRun(runtime) - warmUp - first;

        Assert.InRange(warmUp, 100, 1000);
        Assert.InRange(first, 1, warmUp / 2);
        Assert.Equal(first, second, 5d);
    }

    [Fact]
    public async Task ScoreAsync_AppliesTheTemperatureOfTheFolder()
    {
        using var folder = new GenAIFolder();
        folder.Describe(Router("compact"));
        RouterRequest request = Requests.Of("x", "a");
        await using DecoderRouterEngine plain = DecoderRouterEngine.Load(folder.Path);
        double p = (await plain.ScoreAsync(request)).Other;
        JsonObject warmer = Router("compact");
        warmer["temperature"] = 2.0;
        folder.Describe(warmer);
        File.SetLastWriteTimeUtc(folder.File_("router.json"), DateTime.UtcNow.AddMinutes(1));
        await using DecoderRouterEngine warm = DecoderRouterEngine.Load(folder.Path);

        double q = (await warm.ScoreAsync(request)).Other;

        Assert.Equal(Math.Sqrt(p / (1 - p)), q / (1 - q), 1e-6);
    }

    [Fact]
    public async Task ScoreAsync_RefusesPoliciesThatLeaveNoRoom()
    {
        using var folder = new GenAIFolder();
        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder.Path, new DecoderOptions { Layout = "compact", MaxContextTokens = 256 });
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"policy_{i}")];

        var error = await Assert.ThrowsAsync<RouteTableException>(async () => await engine.ScoreAsync(Requests.Of("x", names)));

        Assert.Contains("256", error.Message, StringComparison.Ordinal);
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "a", "b")));
    }

    [Fact]
    public async Task Load_SharesAModelAmongEnginesUntilTheLastIsDisposed()
    {
        using var folder = new GenAIFolder();
        var options = new DecoderOptions { Layout = "compact" };
        DecoderRouterEngine one = DecoderRouterEngine.Load(folder.Path, options);
        DecoderRouterEngine two = DecoderRouterEngine.Load(folder.Path, options);
        await using DecoderRouterEngine other = DecoderRouterEngine.Load(folder.Path, new DecoderOptions { Layout = "compact", Slots = 1 });

        Assert.Same(one.Runtime, two.Runtime);
        Assert.NotSame(one.Runtime, other.Runtime);
        await one.DisposeAsync();
        Assert.NotNull(await two.ScoreAsync(Requests.Of("x", "a")));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await one.ScoreAsync(Requests.Of("x", "a")));
        await two.DisposeAsync();
    }

    [Theory]
    [InlineData("chat_template.jinja")]
    [InlineData("tokenizer.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("model.onnx.data")]
    [InlineData("weights.bin")]
    public async Task Load_TakesAFolderWithAChangedFileAfresh(string file)
    {
        using var folder = new GenAIFolder();
        var options = new DecoderOptions { Layout = "compact" };
        await using DecoderRouterEngine old = DecoderRouterEngine.Load(folder.Path, options);
        await using DecoderRouterEngine same = DecoderRouterEngine.Load(folder.Path, options);

        await File.AppendAllTextAsync(folder.File_(file), "\n");
        await using DecoderRouterEngine fresh = DecoderRouterEngine.Load(folder.Path, options);

        Assert.Same(old.Runtime, same.Runtime);
        Assert.NotSame(old.Runtime, fresh.Runtime);
    }

    [Theory]
    [InlineData(".DS_Store")]
    [InlineData(".archrouter-model.json")]
    [InlineData("README.md")]
    [InlineData("host.log")]
    public async Task Load_SharesAModelWhateverElseIsWrittenIntoItsFolder(string file)
    {
        using var folder = new GenAIFolder();
        var options = new DecoderOptions { Layout = "compact" };
        await using DecoderRouterEngine one = DecoderRouterEngine.Load(folder.Path, options);

        await File.AppendAllTextAsync(folder.File_(file), "\n");
        await using DecoderRouterEngine two = DecoderRouterEngine.Load(folder.Path, options);

        Assert.Same(one.Runtime, two.Runtime);
    }

    [Fact]
    public void Load_NamesALayoutThatIsNotKnown()
    {
        using var folder = new GenAIFolder();
        folder.Describe(Router("arch-router-v9"));

        Fails(folder, "router.json", "'arch-router-v9' is not known", null);
    }

    [Fact]
    public void Load_AsksForALayout()
    {
        using var folder = new GenAIFolder();

        ModelFolderException error = Fails(folder, "router.json", "Nothing says which prompt layout", null);

        Assert.Contains("compact", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "schema": 2, "kind": "decoder" }""", "'schema' is 2")]
    [InlineData("""{ "schema": 1, "kind": "encoder" }""", "'kind' is 'encoder'")]
    [InlineData("""{ "schema": 1, "kind": "decoder", "temperature": 0 }""", "'temperature' is 0")]
    [InlineData("""{ "schema": 1 """, "cannot be read as JSON")]
    public void Load_NamesADescriptionThatMakesNoSense(string router, string problem)
    {
        using var folder = new GenAIFolder();
        File.WriteAllText(folder.File_("router.json"), router);

        Fails(folder, "router.json", problem);
    }

    [Fact]
    public void Load_NamesATokenizerWithMoreTokensThanTheModel()
    {
        using var folder = new GenAIFolder("tiny-llama-int4");
        File.Copy(Path.Combine(GoldenDecoder.FolderOf("tiny-qwen2-int4"), "tokenizer.json"), folder.File_("tokenizer.json"), overwrite: true);

        Fails(folder, "tokenizer.json", "1024 tokens, but the model 1021");
    }

    [Fact]
    public void Load_NamesATokenizerThatDoesNotKnowTheModelsEnd()
    {
        using var folder = new GenAIFolder("tiny-qwen2-int4");
        File.Copy(Path.Combine(GoldenDecoder.FolderOf("tiny-llama-int4"), "tokenizer.json"), folder.File_("tokenizer.json"), overwrite: true);

        Fails(folder, "tokenizer.json", "no control token");
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("model.onnx.data")]
    [InlineData("genai_config.json")]
    public void Load_NamesAMissingFile(string file)
    {
        using var folder = new GenAIFolder();
        File.Delete(folder.File_(file));

        Fails(folder, file, "");
    }

    [Fact]
    public void Load_NamesAMissingOrForeignTemplate()
    {
        using var folder = new GenAIFolder();
        foreach (string file in (string[])["tokenizer_config.json", "chat_template.jinja"])
        {
            File.Delete(folder.File_(file));
        }

        const string Layout = "arch-router-card";
        Fails(folder, "tokenizer_config.json", "no chat template", Layout);
        File.WriteAllText(folder.File_("chat_template.jinja"), "[INST] {{ message }} [/INST]");
        Fails(folder, "chat_template.jinja", "not ChatML", Layout);
        File.WriteAllText(folder.File_("chat_template.jinja"), "{{ '<|im_start|>system\\n' + preamble + '<|im_end|>' }}");
        Fails(folder, "chat_template.jinja", "makes up a system message", Layout);

        // It has a frame of its own.
        DecoderRouterEngine.Load(folder.Path, new DecoderOptions { Layout = "compact" }).Dispose();
    }

    [Fact]
    public void Read_TakesTheDefaultOfSeveralTemplates()
    {
        using var folder = new GenAIFolder();
        File.WriteAllText(
            folder.File_("tokenizer_config.json"),
            """
            { "chat_template": [
              { "name": "tool_use", "template": "<|im_start|>system\nUse tools.<|im_end|>" },
              { "name": "default", "template": "<|im_start|>system\nBe brief.<|im_end|>" }
            ] }
            """);
        var report = new ModelFolderReport(folder.Path);

        ChatFrame? frame = ChatTemplateFile.Read(report);

        report.ThrowIfAny();
        Assert.Equal("Be brief.", frame?.System);
    }

    [Fact]
    public void Read_LooksFurtherWhereNoneOfSeveralTemplatesIsTheDefault()
    {
        using var folder = new GenAIFolder();
        File.WriteAllText(folder.File_("tokenizer_config.json"), """{ "chat_template": [{ "name": "rag", "template": "<|im_start|>" }, 5] }""");
        File.WriteAllText(folder.File_("chat_template.jinja"), "<|im_start|>system\nBe brief.<|im_end|>");

        Assert.Equal("Be brief.", ChatTemplateFile.Read(new ModelFolderReport(folder.Path))?.System);
    }

    [Fact]
    public void UseRouterModel_RegistersTheEngine()
    {
        using var folder = new GenAIFolder();
        var services = new ServiceCollection();
        services.AddArchRouter(routes => routes.Route("a", "about a", to: "x").Fallback("x")).UseRouterModel(folder.Path, options => options.Layout = "compact");
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.IsType<DecoderRouterEngine>(provider.GetRequiredService<IRouterEngine>());
    }

    private static long TokensRun(RouterModelRuntime runtime) => ((DecoderPlaces)runtime.Models).All.Sum(place => place.TokensRun);

    private static JsonObject Router(string layout) => new() { ["schema"] = 1, ["kind"] = "decoder", ["id"] = "tiny", ["layout"] = layout };

    private static ModelFolderException Fails(GenAIFolder folder, string file, string problem, string? layout = "compact")
    {
        var error = Assert.Throws<ModelFolderException>(() => DecoderRouterEngine.Load(folder.Path, new DecoderOptions { Layout = layout }));
        Assert.Contains(error.Problems, found => found.FilePath == folder.File_(file) && found.Message.Contains(problem, StringComparison.Ordinal));
        return error;
    }
}
