using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What the application says about a call, in the arguments or, for a whole kernel, in its data. Arguments come first.</summary>
internal static class RequestHints
{
    public const string Table = "archrouter.table";
    public const string Agent = "archrouter.agent";

    public static RoutingHints Of(KernelArguments? arguments, Kernel? kernel)
    {
        object? table = Find(Table, arguments, kernel);
        return new(table as string, table as RouteTable, Find(Agent, arguments, kernel) as string);
    }

    private static object? Find(string key, KernelArguments? arguments, Kernel? kernel)
    {
        if (arguments is not null && arguments.TryGetValue(key, out object? value) && value is not null)
        {
            return value;
        }

        return kernel is not null && kernel.Data.TryGetValue(key, out value) ? value : null;
    }
}
