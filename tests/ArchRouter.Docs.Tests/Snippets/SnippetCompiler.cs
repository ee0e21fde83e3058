using ArchRouter.Docs.Tests.Markdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArchRouter.Docs.Tests.Snippets;

/// <summary>Compiles the C# of the pages against the assemblies of this build, as a console project with implicit usings would.</summary>
internal static class SnippetCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // A fragment may name something that it does not go on to use.
    private static readonly string[] Allowed = ["CS0168", "CS0219", "CS8321", "CS8019", "CS1701", "CS1702"];
    private static readonly string[] NotForUsers = ["ArchRouter.Docs.Tests", "xunit", "Microsoft.CodeAnalysis", "Microsoft.TestPlatform", "Microsoft.VisualStudio", "testhost"];

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Array.Exists(NotForUsers, name => Path.GetFileName(path).StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The errors and warnings of a block, each with its place in the page; empty if it compiles.</summary>
    public static IReadOnlyList<string> Compile(CodeBlock block) =>
        Compile(block.ToString(), block.Line, block.Text, [.. block.Contexts.Select(SnippetContext.Load)]);

    public static IReadOnlyList<string> Compile(string name, int firstLine, string code, IReadOnlyList<SnippetContext> contexts)
    {
        CSharpParseOptions parse = new(LanguageVersion.Latest, DocumentationMode.None);
        SyntaxTree snippet = CSharpSyntaxTree.ParseText(code, parse, name);
        SyntaxTree[] trees =
        [
            snippet,
            CSharpSyntaxTree.ParseText(ImplicitUsings, parse, "implicit usings"),
            .. contexts.Select(context => CSharpSyntaxTree.ParseText(context.Source, parse, $"context {context.Name}")),
        ];
        bool isProgram = snippet.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        CSharpCompilationOptions options = new(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: Allowed.Concat(contexts.SelectMany(context => context.Suppressed)).Distinct()
                .Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));
        return
        [
            .. CSharpCompilation.Create("snippet", trees, References.Value, options).GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)
                .Select(diagnostic => Describe(diagnostic, snippet, firstLine)),
        ];
    }

    private static string Describe(Diagnostic diagnostic, SyntaxTree snippet, int firstLine)
    {
        int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
        string where = diagnostic.Location.SourceTree == snippet
            ? $"{snippet.FilePath} line {firstLine + line}"
            : $"{diagnostic.Location.SourceTree?.FilePath} line {line + 1}";
        return $"{where}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
