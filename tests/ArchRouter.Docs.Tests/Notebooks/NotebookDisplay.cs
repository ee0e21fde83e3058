namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>What cells find of Polyglot Notebooks: <c>text.DisplayAs(mimeType)</c>.</summary>
public static class NotebookDisplay
{
    private static readonly AsyncLocal<Action<string, string>?> Current = new();

    /// <summary>Shows a text as content of a type.</summary>
    /// <param name="content">The content.</param>
    /// <param name="mimeType">Its type.</param>
    public static void DisplayAs(this string content, string mimeType) =>
        (Current.Value ?? throw new InvalidOperationException("No notebook is running."))(content, mimeType);

    internal static void Use(Action<string, string>? show) => Current.Value = show;
}
