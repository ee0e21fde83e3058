using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Function filters around calls that the router serves.</summary>
public sealed class FunctionFilterTests
{
    private readonly List<string> _seen = [];
    private Exception? _failure;

    public static TheoryData<RouterSetup, bool> SetupsAndStreaming => new()
    {
        { RouterSetup.PassThrough, false }, { RouterSetup.RulesOnly, false }, { RouterSetup.SinglePolicy, false },
        { RouterSetup.PassThrough, true }, { RouterSetup.RulesOnly, true }, { RouterSetup.SinglePolicy, true },
    };

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Filters_RunInOrder(RouterSetup setup, bool streaming)
    {
        (Kernel kernel, _) = Build(setup, Noting("1"), Noting("2"), Noting("3"));

        Assert.Equal("target", (await Ask.PromptAsync(kernel, "hello", streaming)).Text);
        Assert.Equal(["1 in", "2 in", "3 in", "3 out", "2 out", "1 out"], _seen);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Filter_MayChangeTheArguments(RouterSetup setup, bool streaming)
    {
        (Kernel kernel, RecordingChatService target) = Build(setup, (context, next) =>
        {
            context.Arguments["name"] = "Bob";
            return next(context);
        });

        await Ask.PromptAsync(kernel, "hello {{$name}}", streaming, new KernelArguments { ["name"] = "Ann" });

        Assert.Equal("hello Bob", target.Calls.Single().History[^1].Content);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Filter_MayReplaceTheResult(RouterSetup setup, bool streaming)
    {
        (Kernel kernel, RecordingChatService target) = Build(setup, async (context, next) =>
        {
            await next(context);
            context.Result = context.IsStreaming
                ? new FunctionResult(context.Result, Quoted(context.Result.GetValue<IAsyncEnumerable<StreamingKernelContent>>()!))
                : new FunctionResult(context.Result, $"'{context.Result}'");
        });

        Assert.Equal("'target'", (await Ask.PromptAsync(kernel, "hello", streaming)).Text);
        Assert.Single(target.Calls);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Filter_ThatSkipsTheFunction_CallsNoTarget(RouterSetup setup, bool streaming)
    {
        (Kernel kernel, RecordingChatService target) = Build(setup, static (_, _) => Task.CompletedTask);

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(kernel, "hello", streaming);

        Assert.Equal("", text);
        Assert.Null(decision);
        Assert.Empty(target.Calls);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task FiltersException_Surfaces_AndNoTargetIsCalled(RouterSetup setup, bool streaming)
    {
        InvalidOperationException error = new("refused");
        (Kernel kernel, RecordingChatService target) = Build(setup, Noting("1"), (_, _) => throw error);

        Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.PromptAsync(kernel, "hello", streaming)));
        Assert.Equal(["1 in"], _seen);
        Assert.Empty(target.Calls);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task TargetsException_PassesThroughTheFilters(RouterSetup setup, bool streaming)
    {
        _failure = new InvalidOperationException("no answer");
        (Kernel kernel, _) = Build(setup, Noting("1"));

        Assert.Same(_failure, await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.PromptAsync(kernel, "hello", streaming)));
        // A stream fails when it is read, after the filters.
        Assert.Equal(streaming ? ["1 in", "1 out"] : ["1 in"], _seen);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Filter_MayAnswerForATargetThatFailed(RouterSetup setup, bool streaming)
    {
        _failure = new InvalidOperationException("no answer");
        (Kernel kernel, RecordingChatService target) = Build(setup, Noting("1"), async (context, next) =>
        {
            try
            {
                await next(context);
                context.Result = new FunctionResult(context.Result, OrSorry(context.Result.GetValue<IAsyncEnumerable<StreamingKernelContent>>()!));
            }
            catch (InvalidOperationException)
            {
                context.Result = new FunctionResult(context.Function, "sorry");
            }
        });

        Assert.Equal("sorry", (await Ask.PromptAsync(kernel, "hello", streaming)).Text);
        Assert.Equal(["1 in", "1 out"], _seen);
        Assert.Single(target.Calls);
    }

    private static async IAsyncEnumerable<StreamingKernelContent> Quoted(
        IAsyncEnumerable<StreamingKernelContent> updates, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new StreamingTextContent("'");
        await foreach (StreamingKernelContent update in updates.WithCancellation(cancellationToken))
        {
            yield return update;
        }

        yield return new StreamingTextContent("'");
    }

    private static async IAsyncEnumerable<StreamingKernelContent> OrSorry(
        IAsyncEnumerable<StreamingKernelContent> updates, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<StreamingKernelContent> all;
        try
        {
            all = await updates.ToListAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            all = [new StreamingTextContent("sorry")];
        }

        foreach (StreamingKernelContent update in all)
        {
            yield return update;
        }
    }

    private Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task> Noting(string name) => async (context, next) =>
    {
        _seen.Add($"{name} in");
        await next(context);
        _seen.Add($"{name} out");
    };

    private (Kernel Kernel, RecordingChatService Target) Build(
        RouterSetup setup, params IReadOnlyList<Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task>> filters)
    {
        RecordingChatService target = new("target") { OnCall = _ => _failure is null ? Task.CompletedTask : Task.FromException(_failure) };
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("target", target);
        foreach (Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task> filter in filters)
        {
            builder.Services.AddSingleton<IFunctionInvocationFilter>(new Filter(filter));
        }

        return (builder.AddRouter(setup, "target").Build(), target);
    }

    private sealed class Filter(Func<FunctionInvocationContext, Func<FunctionInvocationContext, Task>, Task> run) : IFunctionInvocationFilter
    {
        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next) => run(context, next);
    }
}
