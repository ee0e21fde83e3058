using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Registers the targets of a JSON text and calls them, with the network and the environment replaced.</summary>
internal sealed class TargetStage : IDisposable
{
    private HttpClient? _http;

    public CapturingHandler Network { get; init; } = new();

    public FakeEnvironment Environment { get; } = [];

    public Action<IServiceCollection> Configure { get; init; } = _ => { };

    public static IConfigurationSection Section(string json, params (string Setting, string Value)[] secrets) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"ArchRouter":{{json}}}""")))
        .AddInMemoryCollection(secrets.Select(s => KeyValuePair.Create(s.Setting, (string?)s.Value)))
        .Build()
        .GetSection("ArchRouter");

    public IServiceCollection Services(string targets) => Services(Section($$"""{"targets":{{targets}}}"""));

    public IServiceCollection Services(IConfiguration section)
    {
        ServiceCollection services = new();
        services.AddSingleton<IEnvironmentVariables>(Environment);
        Configure(services);
        return services.AddArchRouterTargets(section, _http ??= new(Network));
    }

    /// <summary>Calls a target once and gives what was sent.</summary>
    public async Task<SentRequest> CallAsync(string targets, string serviceId = "t")
    {
        await using ServiceProvider provider = Services(targets).BuildServiceProvider();
        var service = provider.GetRequiredKeyedService<IChatCompletionService>(serviceId);

        Assert.Equal("done", (await service.GetChatMessageContentAsync("hello")).Content);
        return Assert.Single(Network.Sent);
    }

    /// <summary>What is wrong with the targets.</summary>
    public IReadOnlyList<RouteTableProblem> Problems(string targets) => ProblemsOf(Section($$"""{"targets":{{targets}}}"""));

    /// <summary>What is wrong with the targets of a section.</summary>
    public IReadOnlyList<RouteTableProblem> ProblemsOf(IConfiguration section)
    {
        using ServiceProvider provider = Services(section).BuildServiceProvider();
        return [.. provider.GetServices<IStartupProblems>().SelectMany(p => p.Problems)];
    }

    public void Dispose() => _http?.Dispose();
}
