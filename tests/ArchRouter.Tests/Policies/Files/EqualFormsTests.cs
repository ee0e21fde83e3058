using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArchRouter.Tests.Policies.Files;

public class EqualFormsTests
{
    private static RouterSetup Setup(Action<ArchRouterBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddArchRouter());
        return services.BuildServiceProvider().GetRequiredService<RouterSetup>();
    }

    [Fact]
    public void CodeYamlJsonAndConfiguration_GiveEqualVersions()
    {
        RouteTable code = RouteTable.Create(SamplePolicies.Code);
        RouteTables yaml = PolicyFile.Parse(SamplePolicies.Yaml, PolicyFileFormat.Yaml, "r.yaml");
        RouteTables json = PolicyFile.Parse(SamplePolicies.Json, PolicyFileFormat.Json, "r.json");
        RouteTables configuration = Setup(b => b.AddConfiguration(SamplePolicies.Section(SamplePolicies.Json))).Tables;

        Assert.Equal([code.Version, code.Version, code.Version], [yaml.Default.Version, json.Default.Version, configuration.Default.Version]);
        string legal = RouteTable.Create(SamplePolicies.LegalCode).Version;
        Assert.Equal([legal, legal, legal], [yaml.Named["legal_team"].Version, json.Named["LEGAL_TEAM"].Version, configuration.Named["legal_team"].Version]);
    }

    [Theory]
    [InlineData("domains")]
    [InlineData("rules")]
    [InlineData("step")]
    [InlineData("agents")]
    [InlineData("allow")]
    [InlineData("targets")]
    [InlineData("thresholds")]
    [InlineData("orElse")]
    public void Version_DependsOnEverySection(string section)
    {
        RouteTables whole = PolicyFile.Parse(SamplePolicies.Json, PolicyFileFormat.Json, "r.json");
        string without = section switch
        {
            "domains" => SamplePolicies.Json.Replace("\"to\": \"fast\", \"orElse\": \"strong\" }]", "\"to\": \"strong\" }]", StringComparison.Ordinal),
            "rules" => SamplePolicies.Json.Replace("Summarize*", "Summarise*", StringComparison.Ordinal),
            "step" => SamplePolicies.Json.Replace("toolIteration", "agent", StringComparison.Ordinal),
            "agents" => SamplePolicies.Json.Replace("\"Reviewer\":", "\"Reviewers\":", StringComparison.Ordinal),
            "allow" => SamplePolicies.Json.Replace("[\"code_review\", \"chat\"]", "[\"chat\"]", StringComparison.Ordinal),
            "targets" => SamplePolicies.Json.Replace("4096", "4095", StringComparison.Ordinal),
            "thresholds" => SamplePolicies.Json.Replace("5e-2", "4e-2", StringComparison.Ordinal),
            _ => SamplePolicies.Json.Replace("\"orElse\": [\"fast\"], ", "", StringComparison.Ordinal),
        };

        Assert.NotEqual(whole.Default.Version, PolicyFile.Parse(without, PolicyFileFormat.Json, "r.json").Default.Version);
    }

    [Fact]
    public void RouterSection_GivesEqualOptions()
    {
        RouterOptions configuration = Setup(b => b.AddConfiguration(SamplePolicies.Section(SamplePolicies.Json))).Options;
        var file = new RouterOptions();
        RouteTreeReader.Read(YamlNodes.Parse(SamplePolicies.Yaml, "r.yaml"), new RouteTablesBuilder(), file);

        foreach (RouterOptions options in new[] { configuration, file })
        {
            Assert.Equal(TimeSpan.FromMilliseconds(250), options.Deadline);
            Assert.Equal(16, options.RememberedTurns);
            Assert.True(options.EnableSensitiveData);
            Assert.False(options.Strict);
        }
    }

    [Fact]
    public void Maps_AreReadInTheOrderOfNamesInEveryForm()
    {
        const string Yaml = """
            fallback: fast
            routes:
              zoo: { description: Animals, to: fast }
              Art: { description: Pictures, to: fast }
            rules:
              second: { agent: a, to: fast }
              first: { agent: b, to: fast }
            domains: {}
            """;
        const string Json = """
            {"fallback":"fast",
             "routes":{"zoo":{"description":"Animals","to":"fast"},"Art":{"description":"Pictures","to":"fast"}},
             "rules":{"second":{"agent":"a","to":"fast"},"first":{"agent":"b","to":"fast"}},
             "domains":{}}
            """;

        RouteTable yaml = PolicyFile.Parse(Yaml, PolicyFileFormat.Yaml, "r.yaml").Default;
        Assert.Equal(["Art", "zoo"], yaml.Policies.Select(p => p.Name));
        Assert.Equal(["first", "second"], yaml.Rules.Select(r => r.Name));
        Assert.Equal(yaml.Version, PolicyFile.Parse(Json, PolicyFileFormat.Json, "r.json").Default.Version);
        Assert.Equal(yaml.Version, Setup(b => b.AddConfiguration(SamplePolicies.Section(Json))).Tables.Default.Version);
    }

    [Fact]
    public void EmptyLists_AreTheSameInEveryForm()
    {
        const string Json = """{"fallback":{"to":"a","orElse":[]},"targets":{"a":{"capabilities":[]}},"routes":[],"rules":[],"domains":[]}""";

        RouteTable json = PolicyFile.Parse(Json, PolicyFileFormat.Json, "r.json").Default;
        Assert.Equal(TargetCapabilities.None, json.Fallback[0].Capabilities);
        Assert.Equal(json.Version, PolicyFile.Parse(Json, PolicyFileFormat.Yaml, "r.yaml").Default.Version);
        Assert.Equal(json.Version, Setup(b => b.AddConfiguration(SamplePolicies.Section(Json))).Tables.Default.Version);
    }

    [Theory]
    [InlineData("Or_Else")]
    [InlineData("or-else")]
    [InlineData("ORELSE")]
    public void Keys_IgnoreCaseUnderscoreAndHyphen(string key)
    {
        RouteTable table = PolicyFile.Parse($"fallback: {{to: a, {key}: b}}", PolicyFileFormat.Yaml, "r.yaml").Default;

        Assert.Equal(["a", "b"], table.Fallback.Select(t => t.ServiceId));
    }

    [Fact]
    public void Sources_AddUp()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("routes.yaml", "routes: [{name: b, description: B, to: fast}]\nrouter: {deadline: 1s}");
        RouterSetup setup = Setup(b => b
            .AddRoutes(r => r.Route("a", "A", to: "fast"))
            .AddPolicyFile(file)
            .AddConfiguration(SamplePolicies.Section("""{"fallback":"fast","tables":{"team":{"fallback":"slow"}}}"""))
            .AddTable("TEAM", t => t.Route("c", "C", to: "slow"))
            .Configure(o => (o.Deadline, o.RememberedTurns) = (TimeSpan.FromSeconds(9), 7)));

        Assert.Equal(["a", "b"], setup.Tables.Default.Policies.Select(p => p.Name));
        Assert.Equal("c", Assert.Single(setup.Tables.Named["team"].Policies).Name);
        Assert.Equal(TimeSpan.FromSeconds(1), setup.Options.Deadline);
        Assert.Equal(7, setup.Options.RememberedTurns);
    }

    [Fact]
    public void LayeredConfiguration_OverridesListItemsByIndex()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["fallback"] = "fast",
                ["routes:2:name"] = "second", ["routes:2:description"] = "Two", ["routes:2:to"] = "fast",
                ["routes:10:name"] = "third", ["routes:10:description"] = "Three", ["routes:10:to"] = "fast",
                ["routes:0:name"] = "first", ["routes:0:description"] = "One", ["routes:0:to"] = "fast",
            })
            .AddInMemoryCollection(new Dictionary<string, string?> { ["routes:0:to"] = "strong" })
            .Build();

        RouteTable table = Setup(b => b.AddConfiguration(configuration)).Tables.Default;

        Assert.Equal(["first", "second", "third"], table.Policies.Select(p => p.Name));
        Assert.Equal("strong", table.TargetsOf("first")[0].ServiceId);
    }

    [Fact]
    public void Configuration_TakesNumbersForNames()
    {
        const string Json = """{"fallback":"7","targets":{"7":{"model":"small","provider":"openai"}},"tables":{"1001":{"fallback":"7"},"42":{"fallback":"8"}}}""";
        RouteTables file = PolicyFile.Parse(Json, PolicyFileFormat.Json, "r.json");

        RouteTables tables = Setup(b => b.AddConfiguration(SamplePolicies.Section(Json))).Tables;

        Assert.Equal(file.Default.Version, tables.Default.Version);
        Assert.Equal(["1001", "42"], tables.Named.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("8", tables.Named["42"].Fallback[0].ServiceId);
    }

    [Fact]
    public void Configuration_TakesNumbersForNamesOfRoutesAndRules()
    {
        const string Json = """
            {
              "fallback": "fast",
              "routes": { "404": { "description": "Missing pages", "to": "fast" }, "12": { "description": "Dozens", "to": "strong" } },
              "rules": { "7": { "image": true, "to": "strong" } },
              "agents": { "3": { "allow": ["404"] } }
            }
            """;
        RouteTables file = PolicyFile.Parse(Json, PolicyFileFormat.Json, "r.json");

        RouteTables tables = Setup(b => b.AddConfiguration(SamplePolicies.Section(Json))).Tables;

        Assert.Equal(["12", "404"], tables.Default.Policies.Select(p => p.Name));
        Assert.Equal(file.Default.Version, tables.Default.Version);
    }

    [Fact]
    public void ConfigurationsList_IsNotTakenForAMapFromNumbers()
    {
        var error = Assert.Throws<RouteTableException>(() => Setup(b => b.AddConfiguration(SamplePolicies.Section("""
            {
              "fallback": "fast",
              "targets": [{ "provider": "openai", "model": "small" }],
              "routes": [{ "description": "A", "to": "fast" }, { "description": "B", "to": "fast" }],
              "tables": [{ "fallback": "fast" }, { "fallback": "slow" }]
            }
            """))));

        Assert.Contains(error.Problems, p => p.Location == "ArchRouter:targets" && p.Message == "'targets' must be a map, but is a list.");
        Assert.Contains(error.Problems, p => p.Location == "ArchRouter:tables" && p.Message == "'tables' must be a map, but is a list.");
        Assert.Contains(error.Problems, p => p.Location.StartsWith("ArchRouter:routes:1", StringComparison.Ordinal));
    }

    [Fact]
    public void Configuration_NamesTheProblemsPath()
    {
        var error = Assert.Throws<RouteTableException>(() => Setup(b => b.AddConfiguration(SamplePolicies.Section(
            """{"fallback":"fast","router":{"strict":"maybe"},"routes":[{"name":"a","descripton":"A","to":"fast"}]}"""))));

        Assert.Equal(
            ["ArchRouter:routes:0:descripton", "ArchRouter:router:strict", "ArchRouter:routes:0 (route 'a')"],
            error.Problems.Select(p => p.Location));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void EmptySection_IsReported(string json)
    {
        var error = Assert.Throws<RouteTableException>(() => Setup(b => b.AddConfiguration(SamplePolicies.Section(json))));

        RouteTableProblem problem = Assert.Single(error.Problems);
        Assert.Equal("ArchRouter", problem.Location);
        Assert.Contains("missing or empty", problem.Message, StringComparison.Ordinal);
    }
}
