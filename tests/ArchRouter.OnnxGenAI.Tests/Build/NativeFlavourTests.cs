using System.Diagnostics;
using System.Text.Json;

namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>Which package's native files an application gets, asked of the build targets themselves.</summary>
public sealed class NativeFlavourTests : IDisposable
{
    private const string Ort = "Microsoft.ML.OnnxRuntime";
    private const string OrtDirectML = "Microsoft.ML.OnnxRuntime.DirectML";
    private const string OrtGpu = "Microsoft.ML.OnnxRuntime.Gpu";
    private const string GenAI = "Microsoft.ML.OnnxRuntimeGenAI";
    private const string GenAIDirectML = "Microsoft.ML.OnnxRuntimeGenAI.DirectML";
    private const string GenAICuda = "Microsoft.ML.OnnxRuntimeGenAI.Cuda";
    private static readonly string[] Small = [Ort, OrtDirectML, GenAI, GenAIDirectML];
    private readonly string _folder = Directory.CreateTempSubdirectory("archrouter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("auto", "win-x64", "directml", new[] { GenAIDirectML, OrtDirectML })]
    [InlineData("cpu", "win-x64", "cpu", new[] { GenAI, Ort })]
    [InlineData("auto", "linux-x64", "cpu", new[] { GenAI, Ort })]
    public void TheBackend_DecidesWhoseFilesAreDeployed(string backend, string rid, string flavour, string[] expected)
    {
        (string output, JsonElement items) = Build(backend, rid, Small);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Packages(items));
        Assert.Equal(
            expected.Select(package => $"/packages/{package.ToLowerInvariant()}/1.0.0/native").Order(StringComparer.Ordinal),
            items.GetProperty("None").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(flavour, items.GetProperty("RuntimeHostConfigurationOption")[0].GetProperty("Value").GetString());
        Assert.DoesNotContain("error", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Cuda_TakesItsOwnFlavourOnly()
    {
        (_, JsonElement items) = Build("cuda", "win-x64", [.. Small, OrtGpu, GenAICuda]);

        Assert.Equal([OrtGpu, GenAICuda], Packages(items));
    }

    [Theory]
    [InlineData("cuda", "win-x64", new[] { Ort, GenAI }, "ARCHR102", GenAICuda)]
    [InlineData("vulkan", "win-x64", new[] { Ort, GenAI }, "ARCHR101", "vulkan")]
    [InlineData("directml", "linux-x64", new[] { Ort, GenAI }, "ARCHR101", "linux-x64")]
    [InlineData("directml", "win-x64", new[] { OrtDirectML, GenAIDirectML, "Someone.Elses.OnnxRuntime" }, "ARCHR103", "Someone.Elses.OnnxRuntime")]
    [InlineData("directml", "win-x64", new[] { OrtDirectML, GenAIDirectML }, "ARCHR104", "1.23.0")]
    public void WhatCannotWork_IsNamed(string backend, string rid, string[] packages, string code, string what)
    {
        (string output, _) = Build(backend, rid, packages);

        string line = output.Split('\n').First(line => line.Contains(code, StringComparison.Ordinal));
        Assert.Contains(what, line, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Packages(JsonElement items) =>
        items.GetProperty("NativeCopyLocalItems").EnumerateArray().Select(item => item.GetProperty("NuGetPackageId").GetString()).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Runs the targets after a stand-in for the SDK's step that resolves packages.</summary>
    private (string Output, JsonElement Items) Build(string backend, string rid, string[] packages)
    {
        string extension = rid.StartsWith("win", StringComparison.Ordinal) ? "dll" : "so";
        string natives = string.Concat(packages.Select(package =>
        {
            string file = package.Contains("GenAI", StringComparison.Ordinal) ? "onnxruntime-genai" : "onnxruntime";
            string version = package == OrtDirectML ? "1.23.0" : "1.31.1";
            return $"""<NativeCopyLocalItems Include="/packages/{package}/runtimes/{rid}/native/{file}.{extension}" NuGetPackageId="{package}" NuGetPackageVersion="{version}" PathInPackage="runtimes/{rid}/native/{file}.{extension}" />""";
        }));
        string loose = string.Concat(packages.Select(package => $"""<None Include="/packages/{package.ToLowerInvariant()}/1.0.0/native" />"""));
        string project = Path.Combine(_folder, "app.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>{loose}</ItemGroup>
              <Import Project="{Path.Combine(AppContext.BaseDirectory, "Fixtures", "ArchRouter.OnnxGenAI.targets")}" />
              <Target Name="ResolvePackageAssets">
                <ItemGroup>
                  <RuntimeCopyLocalItems Include="/packages/GenAI.dll" NuGetPackageId="Microsoft.ML.OnnxRuntimeGenAI.Managed" NuGetPackageVersion="0.14.0" />
                  <RuntimeCopyLocalItems Include="/packages/Ort.dll" NuGetPackageId="Microsoft.ML.OnnxRuntime.Managed" NuGetPackageVersion="1.31.1" />
                  {natives}
                </ItemGroup>
              </Target>
            </Project>
            """);
        string result = Path.Combine(_folder, "items.json");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        };
        foreach (string argument in (string[])["msbuild", project, "-nologo", "-nodeReuse:false", "-t:ResolvePackageAssets", $"-p:ArchRouterBackend={backend}", $"-p:RuntimeIdentifier={rid}",
            "-getItem:NativeCopyLocalItems", "-getItem:None", "-getItem:RuntimeHostConfigurationOption", $"-getResultOutputFile:{result}"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(File.Exists(result), output);
        return (output, JsonDocument.Parse(File.ReadAllText(result)).RootElement.GetProperty("Items"));
    }
}
