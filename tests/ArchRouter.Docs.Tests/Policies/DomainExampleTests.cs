using ArchRouter.Docs.Tests.Markdown;
using ArchRouter.Onnx;

namespace ArchRouter.Docs.Tests.Policies;

/// <summary>The example of domains is decided as the page says.</summary>
public class DomainExampleTests
{
    private const string Page = "docs/writing-policies.md";
    private const string Request = "Something about our contract with the landlord";

    [Fact]
    public async Task VagueRequest_IsServedByItsDomain()
    {
        CodeBlock block = MarkdownPage.Load(Page).Blocks.First(b => b.Language == "yaml" && b.Text.Contains("contract_review", StringComparison.Ordinal));
        using EncoderRouterEngine engine = EncoderRouterEngine.LoadBundled();
        PreferenceRouter router = new(PolicyFile.Parse(block.Text, PolicyFileFormat.Yaml, block.ToString()), engine);

        RoutingDecision decision = await router.RouteAsync(new RouteContext { Conversation = new ConversationWindow([new(ConversationRole.User, Request)]) });

        Assert.Contains(Request, File.ReadAllText(Repository.PathOf(Page)));
        Assert.Equal((RoutingOutcome.MatchedDomain, "legal"), (decision.Outcome, decision.Domain));
        Assert.Equal(0.87, decision.Probability!.Value, 0.03);
        Assert.Equal(0.46, decision.Alternatives[0].Probability, 0.03);
    }
}
