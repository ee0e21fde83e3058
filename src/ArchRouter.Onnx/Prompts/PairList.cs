namespace ArchRouter.Onnx;

/// <summary>How a layout writes a list of pairs: names and descriptions, or roles and contents.</summary>
/// <param name="Begin">Before the first pair.</param>
/// <param name="First">Before the first half of a pair.</param>
/// <param name="Second">Between the halves.</param>
/// <param name="Last">After the second half.</param>
/// <param name="Between">Between two pairs.</param>
/// <param name="End">After the last pair.</param>
internal sealed record PairList(string Begin, string First, string Second, string Last, string Between, string End)
{
    /// <summary>What stands for a list without pairs, if not <see cref="Begin"/> and <see cref="End"/>.</summary>
    public string? Empty { get; init; }

    /// <summary>Whether the first half is written as it is; it then must not hold line breaks or quotes that matter.</summary>
    public bool RawFirst { get; init; }

    public void Write(PromptText text, IEnumerable<(string First, string Second)> pairs, JsonEscapes escapes)
    {
        int count = 0;
        foreach ((string first, string second) in pairs)
        {
            text.Append(count++ == 0 ? Begin : Between).Append(First);
            if (RawFirst)
            {
                text.Append(first);
            }
            else
            {
                text.AppendJson(first, escapes);
            }

            text.Append(Second).AppendJson(second, escapes).Append(Last);
        }

        text.Append(count > 0 ? End : Empty ?? Begin + End);
    }
}
