namespace ArchRouter;

/// <summary>How names look in an answer.</summary>
/// <param name="Lead">What the first token of the name holds before it, such as the opening quote.</param>
/// <param name="Quote">The quote around the name.</param>
internal readonly record struct NameSpelling(string Lead, char Quote)
{
    /// <summary>Whether text that is written so far can become this name, or goes past it.</summary>
    public bool CouldBe(string name, string written)
    {
        string quote = Quote.ToString();
        string whole = Lead + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote, "\\" + quote, StringComparison.Ordinal) + quote;
        return whole.StartsWith(written, StringComparison.Ordinal) || written.StartsWith(whole, StringComparison.Ordinal);
    }
}
