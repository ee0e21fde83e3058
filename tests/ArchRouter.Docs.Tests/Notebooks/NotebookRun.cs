using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>Runs the cells of a notebook one after another, each with the variables of those before it, and notes what they put out.</summary>
internal sealed class NotebookRun : IDisposable
{
    // A subset of what Polyglot Notebooks imports by itself, and also what file-based apps do.
    private static readonly string[] Imports = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks", typeof(NotebookDisplay).Namespace!];
    private readonly List<CellOutput> _outputs = [];
    private readonly StringWriter _printed = new(CultureInfo.InvariantCulture);

    /// <summary>The outputs of each code cell.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<CellOutput>>> RunAsync(Notebook notebook)
    {
        using NotebookRun run = new();
        (TextWriter console, CultureInfo culture) = (Console.Out, CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.SetOut(run._printed);
            NotebookDisplay.Use(run.Show);
            return await run.RunCellsAsync(notebook);
        }
        finally
        {
            NotebookDisplay.Use(null);
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
        }
    }

    public void Dispose() => _printed.Dispose();

    private async Task<IReadOnlyList<IReadOnlyList<CellOutput>>> RunCellsAsync(Notebook notebook)
    {
        IReadOnlyList<Assembly> assemblies = NotebookPackages.Assemblies(notebook.CodeCells.SelectMany(cell => NotebookPackages.Of(cell.Source)).Select(package => package.Name));
        using InteractiveAssemblyLoader loader = new();
        Assembly[] visible = [.. assemblies, typeof(NotebookDisplay).Assembly];
        Array.ForEach(visible, loader.RegisterDependency);
        ScriptOptions options = ScriptOptions.Default.WithReferences(visible).WithImports(Imports).WithLanguageVersion(Microsoft.CodeAnalysis.CSharp.LanguageVersion.Latest);
        List<IReadOnlyList<CellOutput>> outputs = [];
        ScriptState<object>? state = null;
        foreach (NotebookCell cell in notebook.CodeCells)
        {
            string code = NotebookPackages.Without(cell.Source);
            state = state is null
                ? await CSharpScript.Create(code, options, globalsType: null, loader).RunAsync()
                : await state.ContinueWithAsync(code, options);
            outputs.Add(Taken());
        }

        return outputs;
    }

    private void Show(string content, string mimeType)
    {
        TakePrinted();
        _outputs.Add(new(mimeType, content));
    }

    private CellOutput[] Taken()
    {
        TakePrinted();
        CellOutput[] taken = [.. _outputs];
        _outputs.Clear();
        return taken;
    }

    private void TakePrinted()
    {
        if (_printed.GetStringBuilder() is { Length: > 0 } text)
        {
            _outputs.Add(new(null, text.ToString().ReplaceLineEndings("\n")));
            text.Clear();
        }
    }
}
