namespace ArchRouter;

/// <summary>A single value as it is written.</summary>
internal sealed record ConfigScalar(string Location, string Text, ScalarKind Kind) : ConfigNode(Location)
{
    public override string Description => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Number => $"the number {Text}",
        ScalarKind.Boolean => Text,
        _ => $"'{ConfigKeys.Quotable(Text)}'",
    };
}
