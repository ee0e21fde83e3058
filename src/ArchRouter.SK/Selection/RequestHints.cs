using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What the application says about a call, in the arguments or, for a whole kernel, in its data. Arguments come first.</summary>
/// <remarks>
/// The arguments of a prompt function that is called as a tool are written by a model. So only text counts there that
/// <see cref="Set(KernelArguments, string, object)"/> made: it is known by its instance, which nobody can write. It is text, whatever it
/// stands for, since template engines that encode arguments (Handlebars, Liquid) refuse other types.
/// </remarks>
internal static class RequestHints
{
    public const string Table = ArchRouterChatOptionsExtensions.RouteTableKey;
    public const string Agent = ArchRouterChatOptionsExtensions.AgentNameKey;

    public const string Allowed = ArchRouterChatOptionsExtensions.AllowedPoliciesKey;

    private static readonly ConditionalWeakTable<string, object> Given = [];

    public static void Set(KernelArguments arguments, string key, object value)
    {
        string given = new((value as string ?? key).AsSpan());
        Given.Add(given, value);
        arguments[key] = given;
    }

    public static RoutingHints Of(KernelArguments? arguments, Kernel? kernel) => OfKernel(kernel).Under(OfCall(arguments));

    private static RoutingHints OfCall(KernelArguments? arguments)
    {
        return RoutingHints.Of(Find(Table), Find(Agent), Find(Allowed));

        object? Find(string key) =>
            arguments is not null && arguments.TryGetValue(key, out object? value) && value is string text && Given.TryGetValue(text, out object? given) ? given : null;
    }

    private static RoutingHints OfKernel(Kernel? kernel)
    {
        return RoutingHints.Of(Find(Table), Find(Agent), Find(Allowed));

        object? Find(string key) => kernel is not null && kernel.Data.TryGetValue(key, out object? value) ? value : null;
    }
}
