namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>One output of a cell: text that it printed, or content that it displayed.</summary>
/// <param name="MimeType">What it displayed; null for printed text.</param>
/// <param name="Text">The text.</param>
internal sealed record CellOutput(string? MimeType, string Text);
