namespace ArchRouter;

/// <summary>Reads a target's <c>price</c>.</summary>
internal static class TargetPriceReader
{
    public static TargetPrice? Read(ConfigNode? node, ConfigValues values)
    {
        if (node is null || values.Fields(node, "price", "inputPerMillion", "outputPerMillion") is not { } fields)
        {
            return null;
        }

        if (fields["inputPerMillion"] is { } input && fields["outputPerMillion"] is { } output)
        {
            decimal? inputPrice = values.Decimal(input, "inputPerMillion");
            decimal? outputPrice = values.Decimal(output, "outputPerMillion");
            return inputPrice is null || outputPrice is null ? null : new(inputPrice.Value, outputPrice.Value);
        }

        values.Problems.Add(new(node.Location, "The price is not complete.", "Give both inputPerMillion and outputPerMillion; 0 where nothing is paid."));
        return null;
    }
}
