extern alias surface;

using System.Reflection;

namespace ArchRouter.OnnxGenAI.Tests;

public sealed class ReferenceSurfaceTests
{
    private static readonly Type[] Types = typeof(surface::Microsoft.ML.OnnxRuntimeGenAI.Generator).Assembly.GetExportedTypes();

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Surface_HasNothingThatTheLibraryHasNot(string name)
    {
        Type type = Types.Single(type => type.Name == name);
        (string header, string[] members) = Listed(name);

        Assert.Equal("Microsoft.ML.OnnxRuntimeGenAI", type.Namespace);
        Assert.Equal(header.Contains("IDisposable", StringComparison.Ordinal), type.IsAssignableTo(typeof(IDisposable)));
        if (type.IsEnum)
        {
            Assert.Equal(typeof(long), Enum.GetUnderlyingType(type));
            string[] values = members[0].Split(", ");
            Assert.All(Enum.GetNames(type), value => Assert.Contains($"{value}={Convert.ToInt64(Enum.Parse(type, value), null)}", values));
            return;
        }

        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Assert.All(type.GetConstructors().Select(Text).Concat(type.GetMethods(Own).Select(Text)), member => Assert.Contains(member, members));
        Assert.Empty(type.GetProperties(Own));
        Assert.Empty(type.GetFields(Own));
    }

    [Fact]
    public void Surface_CoversEveryTypeThatIsCalled() => Assert.Equal(
        ["Config", "ElementType", "Generator", "GeneratorParams", "Model", "OgaHandle", "OnnxRuntimeGenAIException", "Tensor"],
        Types.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Surface_SaysWhatItIs()
    {
        var error = Assert.Throws<PlatformNotSupportedException>(() => new surface::Microsoft.ML.OnnxRuntimeGenAI.Config("folder"));

        Assert.Contains("reference surface", error.Message, StringComparison.Ordinal);
        Assert.True(LoadFailure.IsMissingLibrary(error));
        Assert.Contains("ArchRouterGenAIReference=package", LoadFailure.MissingLibrary(error, GenAIProvider.Cpu).Message, StringComparison.Ordinal);
    }

    private static (string Header, string[] Members) Listed(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "onnxruntime-genai-api.txt"));
        int at = Array.FindIndex(lines, line => line.StartsWith($"{name} : ", StringComparison.Ordinal));
        Assert.True(at >= 0, $"The library has no type {name}.");
        return (lines[at], [.. lines.Skip(at + 1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim())]);
    }

    private static string Text(ConstructorInfo constructor) => $".ctor({Text(constructor.GetParameters())})";

    private static string Text(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(Text))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{Text(method.ReturnType)} {method.Name}{generic}({Text(method.GetParameters())})";
    }

    private static string Text(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter => $"{Text(parameter.ParameterType)} {parameter.Name}"));

    private static string Text(Type type) => type switch
    {
        { IsArray: true } => $"{Text(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(",", type.GetGenericArguments().Select(Text))}>",
        _ when type == typeof(void) => "void",
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(ulong) => "ulong",
        _ when type == typeof(double) => "double",
        _ => type.Name,
    };
}
