global using System.ClientModel;
global using System.ClientModel.Primitives;
global using Microsoft.Extensions.AI;
global using OpenAI;
global using OpenAI.Chat;

global using static ArchRouter.Docs.RouterServerContext;

namespace ArchRouter.Docs;

/// <summary>The client of a router model's server, which the page makes in its first snippet.</summary>
internal static class RouterServerContext
{
    public static IChatClient RouterClient() => null!;
}
