using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;

namespace ArchRouter.SK.Tests;

/// <summary>Chat clients outlive the scopes of the kernels that call them.</summary>
public sealed class TargetScopeTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task FunctionsOfAKernel_AreServedByItsOwnScope(bool streaming, bool mixed)
    {
        ServiceCollection services = new();
        services.AddKernel();
        services.AddScoped<Visit>();
        services.AddKeyedSingleton<IChatClient>("fast", CallingATool());
        if (mixed)
        {
            services.AddKeyedSingleton<IChatCompletionService>("strong", new RecordingChatService("strong"));
        }
        else
        {
            services.AddKeyedSingleton<IChatClient>("strong", TestChatClient.Saying("strong"));
        }

        services.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        for (int i = 0; i < 2; i++)
        {
            using IServiceScope scope = provider.CreateScope();
            Kernel kernel = scope.ServiceProvider.GetRequiredService<Kernel>();
            kernel.Plugins.AddFromFunctions("shop", [KernelFunctionFactory.CreateFromMethod(() => "sold", "visit")]);
            var visits = new VisitFilter();
            kernel.AutoFunctionInvocationFilters.Add(visits);

            (string text, _) = await Ask.PromptAsync(
                kernel, "a mail to Bob", streaming, new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }));

            Assert.Equal("sold", text);
            Assert.Same(scope.ServiceProvider.GetRequiredService<Visit>(), Assert.Single(visits.Seen));
        }
    }

    /// <summary>Answers with what the tool gave.</summary>
    private static TestChatClient CallingATool() => TestChatClient.Answering(call =>
        call.Messages.SelectMany(m => m.Contents).OfType<Microsoft.Extensions.AI.FunctionResultContent>().LastOrDefault() is { } result
            ? new Microsoft.Extensions.AI.TextContent($"{result.Result}")
            : new FunctionCallContent("1", call.Options!.Tools![0].Name));

    private sealed class Visit;

    /// <summary>Resolves from the provider that a call of a function comes with.</summary>
    private sealed class VisitFilter : IAutoFunctionInvocationFilter
    {
        public List<Visit> Seen { get; } = [];

        public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            Seen.Add(context.Arguments!.Services!.GetRequiredService<Visit>());
            return next(context);
        }
    }
}
