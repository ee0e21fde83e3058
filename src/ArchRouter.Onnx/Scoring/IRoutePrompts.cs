namespace ArchRouter.Onnx;

/// <summary>Writes prompts for a router model: the seam between running it and how it was trained to be asked.</summary>
internal interface IRoutePrompts
{
    /// <summary>Makes a policy set ready; it is kept, so this may take its time.</summary>
    /// <param name="policies">The policies, in their order.</param>
    /// <exception cref="RouteTableException">The policies leave no room for a conversation, or the model cannot tell two of them apart.</exception>
    ICompiledRoutes Compile(PolicySet policies);
}
