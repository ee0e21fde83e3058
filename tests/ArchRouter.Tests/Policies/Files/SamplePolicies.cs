using Microsoft.Extensions.Configuration;

namespace ArchRouter.Tests.Policies.Files;

/// <summary>The same tables in every form.</summary>
internal static class SamplePolicies
{
    public const string Yaml = """
        $schema: https://example.org/archrouter.schema.json
        version: 1
        fallback: {to: fast, orElse: [strong]}   # serves the rest
        thresholds: { minimumProbability: 0.3, minimumMargin: 0.05 }
        router: { deadline: 250ms, strict: false, rememberedTurns: 16, enableSensitiveData: true }
        targets:
          fast:   { capabilities: [tools, structuredOutput], contextLength: 128000, temperature: 0.2, topP: 1, maxOutputTokens: 4096 }
          strong: { provider: openai, model: gpt-5, price: { inputPerMillion: 1.25, outputPerMillion: 10 } }
          vision: { capabilities: vision }
          plain: { capabilities: [] }
          unknown:
        domains:
          - name: software
            to: fast
            orElse: strong
        routes:
          - name: code_generation
            description: Writing new code
            to: strong
            orElse: [fast]
            domain: software
          - name: code_review
            description: "Reviewing code: bugs, style"
            domain: software
          - name: chat
            description: Small talk
            to: unknown
        rules:
          - name: images
            image: true
            to: vision
          - name: bots
            function: Summarize*
            plugin: Writer?
            agent: "*bot"
            to: plain
            orElse: fast
          - name: iterations
            step: tool_iteration
            to: fast
        agents:
          - name: Reviewer
            allow: [chat, Code_Review]
          - name: "*bot"
            allow: chat
        tables:
          legal_team:
            fallback: strong
            routes:
              - { name: contracts, description: Drafting contracts, to: strong }
        """;

    public const string Json = """
        {
          "$schema": "https://example.org/archrouter.schema.json",
          "version": 1,
          // serves the rest
          "fallback": { "to": "fast", "orElse": ["strong"] },
          "thresholds": { "minimumProbability": 0.3, "minimumMargin": 5e-2 },
          "router": { "deadline": "00:00:00.25", "strict": false, "rememberedTurns": 16, "enableSensitiveData": true },
          "targets": {
            "fast": { "capabilities": ["tools", "structuredOutput"], "contextLength": 128000, "temperature": 0.2, "topP": 1, "maxOutputTokens": 4096 },
            "strong": { "provider": "openai", "model": "gpt-5", "price": { "inputPerMillion": 1.25, "outputPerMillion": 10 } },
            "vision": { "capabilities": "vision" },
            "plain": { "capabilities": [] },
            "unknown": null
          },
          "domains": [{ "name": "software", "to": "fast", "orElse": "strong" }],
          "routes": [
            { "name": "code_generation", "description": "Writing new code", "to": "strong", "orElse": ["fast"], "domain": "software" },
            { "name": "code_review", "description": "Reviewing code: bugs, style", "domain": "software" },
            { "name": "chat", "description": "Small talk", "to": "unknown" }
          ],
          "rules": [
            { "name": "images", "image": true, "to": "vision" },
            { "name": "bots", "function": "Summarize*", "plugin": "Writer?", "agent": "*bot", "to": "plain", "orElse": "fast" },
            { "name": "iterations", "step": "toolIteration", "to": "fast" },
          ],
          "agents": { "*bot": { "allow": "chat" }, "Reviewer": { "allow": ["code_review", "chat"] } },
          "tables": {
            "legal_team": {
              "fallback": "strong",
              "routes": [{ "name": "contracts", "description": "Drafting contracts", "to": "strong" }]
            }
          }
        }
        """;

    public static void Code(RouteTableBuilder routes) => routes
        .Fallback("fast", orElse: ["strong"])
        .Thresholds(minimumProbability: 0.3, minimumMargin: 0.05)
        .Target(new RouteTarget("fast")
        {
            Capabilities = TargetCapabilities.Tools | TargetCapabilities.StructuredOutput,
            ContextLength = 128_000,
            Settings = new() { Temperature = 0.2, TopP = 1, MaxOutputTokens = 4096 },
        })
        .Target(new RouteTarget("strong")
        {
            Capabilities = TargetCapabilities.Tools | TargetCapabilities.Vision | TargetCapabilities.StructuredOutput,
            Price = new(1.25m, 10),
        })
        .Target(new RouteTarget("vision") { Capabilities = TargetCapabilities.Vision })
        .Target(new RouteTarget("plain") { Capabilities = TargetCapabilities.None })
        .Target(new RouteTarget("unknown"))
        .Domain("software", to: "fast", orElse: ["strong"])
        .Route("code_generation", "Writing new code", to: "strong", orElse: ["fast"], domain: "software")
        .Route("code_review", "Reviewing code: bugs, style", domain: "software")
        .Route("chat", "Small talk", to: "unknown")
        .Rule("images", new() { HasImage = true }, to: "vision")
        .Rule("bots", new() { Function = "Summarize*", Plugin = "Writer?", Agent = "*bot" }, to: "plain", orElse: ["fast"])
        .Rule("iterations", new() { Step = StepKind.ToolIteration }, to: "fast")
        .Agent("Reviewer", allow: ["code_review", "chat"])
        .Agent("*bot", allow: ["chat"]);

    public static void LegalCode(RouteTableBuilder routes) => routes.Fallback("strong").Route("contracts", "Drafting contracts", to: "strong");

    /// <summary>A JSON text as it arrives from an <c>appsettings.json</c>.</summary>
    public static IConfigurationSection Section(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"ArchRouter":{{json}}}""")))
        .Build()
        .GetSection("ArchRouter");

    public static IReadOnlyList<RouteTableProblem> ProblemsOf(string yaml) =>
        Assert.Throws<RouteTableException>(() => PolicyFile.Parse(yaml, PolicyFileFormat.Yaml, "r.yaml")).Problems;

    public static IReadOnlyList<RouteTableProblem> JsonProblemsOf(string json) =>
        Assert.Throws<RouteTableException>(() => PolicyFile.Parse(json, PolicyFileFormat.Json, "r.json")).Problems;
}
