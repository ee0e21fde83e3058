using NJsonSchema;

namespace ArchRouter.Tests.Policies.Files;

/// <summary>The schema and the reader must accept and refuse the same texts, as far as a schema can tell.</summary>
public class JsonSchemaTests
{
    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(PolicyFile.JsonSchema);

    public static TheoryData<string> Good => new(
        SamplePolicies.Json.Replace("// serves the rest", "", StringComparison.Ordinal),
        """{"fallback":"a"}""",
        """{"fallback":{"to":"a","orElse":"b"},"routes":{"x":{"description":"X","to":"a"}},"rules":{"r":{"agent":"*","to":"a"}},"domains":{}}""",
        """{"fallback":"a","domains":{"d":{"to":"a"}},"routes":[{"name":"日本 x.y-z","description":"X","domain":"d"}]}""",
        """{"fallback":"a","router":{"deadline":"infinite","rememberedTurns":0}}""",
        """{"fallback":"a","router":{"deadline":"0.5s"}}""",
        """{"fallback":"a","router":{"deadline":"00:00:02"}}""",
        """{"fallback":"a","router":{"engine":"router-model","model":"models/arch","layout":"compact"}}""",
        """{"fallback":"a","router":{"engine":"auto","service":"router","minimumMargin":0.5}}""",
        """{"fallback":"a","targets":{"a":{"capabilities":"tools"}}}""",
        """{"fallback":"a","targets":{"a":{"provider":"openai","model":"gpt-5","apiKeyVariable":"MY_KEY","price":{"inputPerMillion":0.5,"outputPerMillion":0}}}}""",
        """{"fallback":"a","targets":{"a":{"provider":"azure-openai","deployment":"d","endpoint":"https://x.example","apiVersion":"1","organization":"o"}}}""",
        """{"fallback":"a","targets":{"a":{"provider":"mine","path":"models/x","options":{"region":"north","size":3}}}}""",
        """{"fallback":"a","rules":[{"name":"r","step":"call","to":"a"},{"name":"s","step":"agent","to":"a"},{"name":"t","step":"toolIteration","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":"x","description":"X","to":"a"}],"agents":[{"name":"b","allow":["x"]},{"name":"c?","allow":"x"}]}""",
        """{"fallback":"a","tables":{"t":{"fallback":"a","routes":{"x":{"description":"X","to":"a"}},"agents":{"*":{"allow":"x"}}}}}""");

    public static TheoryData<string> Bad => new(
        "[]",
        "{}",
        """{"fallback":5}""",
        """{"fallback":""}""",
        """{"fallback":["a"]}""",
        """{"fallback":{"orElse":"a"}}""",
        """{"fallback":"a","unknown":1}""",
        """{"fallback":"a","version":2}""",
        """{"fallback":"a","router":{"deadline":2}}""",
        """{"fallback":"a","router":{"deadline":"0s"}}""",
        """{"fallback":"a","router":{"deadline":"00:00:00"}}""",
        """{"fallback":"a","router":{"deadline":"2 s"}}""",
        """{"fallback":"a","router":{"rememberedTurns":-1}}""",
        """{"fallback":"a","router":{"engine":"best"}}""",
        """{"fallback":"a","router":{"engine":1}}""",
        """{"fallback":"a","router":{"model":" "}}""",
        """{"fallback":"a","router":{"layout":1}}""",
        """{"fallback":"a","router":{"service":""}}""",
        """{"fallback":"a","router":{"minimumMargin":1.5}}""",
        """{"fallback":"a","router":{"strict":"true"}}""",
        """{"fallback":"a","thresholds":{"minimumMargin":1.5}}""",
        """{"fallback":"a","thresholds":{"minimumMargin":"0.5"}}""",
        """{"fallback":"a","targets":{"a":{"capabilities":["flying"]}}}""",
        """{"fallback":"a","targets":{"a":{"contextLength":0}}}""",
        """{"fallback":"a","targets":{"a":{"temperature":-1}}}""",
        """{"fallback":"a","targets":{"a":{"topP":2}}}""",
        """{"fallback":"a","targets":{"a":{"maxOutputTokens":0}}}""",
        """{"fallback":"a","targets":{"a":{"colour":"red"}}}""",
        """{"fallback":"a","targets":{"a":{"provider":5}}}""",
        """{"fallback":"a","targets":{"a":{"provider":"openai","model":["m"]}}}""",
        """{"fallback":"a","targets":{"a":{"provider":"openai","model":"m","apiKey":"k"}}}""",
        """{"fallback":"a","targets":{"a":{"price":{"inputPerMillion":1}}}}""",
        """{"fallback":"a","targets":{"a":{"price":{"inputPerMillion":-1,"outputPerMillion":1}}}}""",
        """{"fallback":"a","targets":{"a":{"price":{"inputPerMillion":"1","outputPerMillion":1}}}}""",
        """{"fallback":"a","routes":[{"name":"x","to":"a"}]}""",
        """{"fallback":"a","routes":[{"description":"X","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":"other","description":"X","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":" x","description":"X","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":"x<y","description":"X","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":"x","description":" ","to":"a"}]}""",
        """{"fallback":"a","routes":[{"name":"x","description":"X","to":""}]}""",
        """{"fallback":"a","routes":{"Other":{"description":"X","to":"a"}}}""",
        """{"fallback":"a","routes":{"x":{"name":"y","description":"X","to":"a"}}}""",
        """{"fallback":"a","routes":"x"}""",
        """{"fallback":"a","domains":[{"name":"d"}],"routes":[{"name":"x","description":"X","domain":"d","to":"a"}]}""",
        """{"fallback":"a","rules":[{"name":"r","to":"a"}]}""",
        """{"fallback":"a","rules":[{"name":"r","agent":"b"}]}""",
        """{"fallback":"a","rules":[{"name":"r","agent":"","to":"a"}]}""",
        """{"fallback":"a","rules":[{"name":" ","agent":"b","to":"a"}]}""",
        """{"fallback":"a","rules":[{"name":"r","step":"handoff","to":"a"}]}""",
        """{"fallback":"a","rules":[{"name":"r","step":1,"to":"a"}]}""",
        """{"fallback":"a","agents":[{"name":"b"}]}""",
        """{"fallback":"a","agents":[{"name":"b","allow":[]}]}""",
        """{"fallback":"a","agents":[{"name":"b","allow":[1]}]}""",
        """{"fallback":"a","agents":[{"name":" ","allow":["x"]}],"routes":[{"name":"x","description":"X","to":"a"}]}""",
        """{"fallback":"a","agents":[{"allow":["x"]}],"routes":[{"name":"x","description":"X","to":"a"}]}""",
        """{"fallback":"a","agents":{"b":{"allow":["x","x"]}},"routes":[{"name":"x","description":"X","to":"a"}]}""",
        """{"fallback":"a","agents":{"b":{"deny":["x"]}},"routes":[{"name":"x","description":"X","to":"a"}]}""",
        """{"fallback":"a","agents":"b"}""",
        """{"fallback":"a","tables":{"t":{}}}""",
        """{"fallback":"a","tables":{"t":{"fallback":"a","router":{}}}}""",
        """{"fallback":"a","tables":{"":{"fallback":"a"}}}""");

    [Theory]
    [MemberData(nameof(Good))]
    public async Task GoodFile_PassesSchemaAndReader(string json)
    {
        Assert.Empty((await Schema).Validate(json));
        Assert.NotNull(PolicyFile.Parse(json, PolicyFileFormat.Json, "r.json"));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task BadFile_FailsSchemaAndReader(string json)
    {
        Assert.NotEmpty((await Schema).Validate(json));
        SamplePolicies.JsonProblemsOf(json);
    }

    [Fact]
    public void Schema_KnowsEveryKeyTheReaderKnows()
    {
        foreach (string key in TableReader.Keys.Concat(TargetReader.Keys).Concat(EngineSettingsReader.Keys).Where(key => key != "apiKey"))
        {
            Assert.Contains($"\"{key}\": {{", PolicyFile.JsonSchema, StringComparison.Ordinal);
        }
    }
}
