using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>Writes a notebook as a file-based app: one C# file that <c>dotnet run</c> takes as it is.</summary>
internal static partial class TwinFile
{
    public static string PathOf(Notebook notebook) => $"samples/notebooks/{notebook.Name}.cs";

    public static string Write(Notebook notebook)
    {
        List<string> usings = [];
        StringBuilder body = new();
        StringBuilder types = new();
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (!cell.IsCode)
            {
                body.Append(AsComment(cell.Source)).Append('\n');
                continue;
            }

            CompilationUnitSyntax code = CSharpSyntaxTree.ParseText(NotebookPackages.Without(cell.Source)).GetCompilationUnitRoot();
            usings.AddRange(code.Usings.Select(directive => directive.ToString()));
            foreach (MemberDeclarationSyntax member in code.Members)
            {
                (member is GlobalStatementSyntax ? body : types).Append(TextOf(member)).Append('\n');
            }

            body.Append(TrailingComment(code)).Append('\n');
        }

        IEnumerable<string> projects = notebook.CodeCells.SelectMany(cell => NotebookPackages.Of(cell.Source)).Select(package => $"#:project ../../src/{package.Name}").Distinct();
        return TooManyEmptyLines().Replace($$"""
            #!/usr/bin/env dotnet
            {{string.Join('\n', projects)}}
            // Made from {{notebook.File}}; change the notebook, not this file. notebooks/README.md says how.

            {{string.Join('\n', usings.Distinct().OrderBy(u => u.Contains("System", StringComparison.Ordinal) ? 0 : 1).ThenBy(u => u.TrimEnd(';'), StringComparer.Ordinal))}}

            {{Tidy(body)}}

            {{Tidy(types)}}

            /// <summary>What a notebook shows in place, written to a file here.</summary>
            internal static class NotebookDisplay
            {
                private static int s_pictures;

                public static void DisplayAs(this string content, string mimeType)
                {
                    string file = Path.Combine(Path.GetTempPath(), $"archrouter-{{notebook.Name}}-{++s_pictures}.svg");
                    File.WriteAllText(file, content);
                    Console.WriteLine($"{mimeType}: {file}");
                }
            }

            """.ReplaceLineEndings("\n"), "\n\n");
    }

    private static string TextOf(MemberDeclarationSyntax member) => member.ToFullString().TrimEnd();

    private static string TrailingComment(CompilationUnitSyntax code) => code.EndOfFileToken.LeadingTrivia.ToFullString().TrimEnd();

    private static string AsComment(string markdown) =>
        string.Join('\n', markdown.Split('\n').Select(line => line.Length == 0 ? "//" : $"// {line}"));

    private static string Tidy(StringBuilder text)
    {
        string[] lines = [.. text.ToString().Split('\n').Select(line => line.TrimEnd())];
        return string.Join('\n', lines.Where((line, i) => line.Length > 0 || (i > 0 && lines[i - 1].Length > 0))).Trim();
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex TooManyEmptyLines();
}
