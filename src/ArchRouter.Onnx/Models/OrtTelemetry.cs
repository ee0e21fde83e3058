using System.Runtime.InteropServices;

namespace ArchRouter.Onnx;

/// <summary>Turns ONNX Runtime's own telemetry off: since 1.29 it looks up hosts and writes files on Linux too unless the environment says no.</summary>
internal static partial class OrtTelemetry
{
    /// <summary>The variable that the native library reads when it is loaded.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>
    /// Sets the variable for the native library unless the user has set it to anything. Must run before the first use of an ONNX Runtime type.
    /// </summary>
    public static void TurnOff() => TurnOff(Variable);

    internal static void TurnOff(string variable)
    {
        string? chosen = Environment.GetEnvironmentVariable(variable);
        if (OperatingSystem.IsWindows())
        {
            if (chosen is null)
            {
                Environment.SetEnvironmentVariable(variable, "1");
            }

            return;
        }

        try
        {
            // On Unix .NET keeps its own copy of the environment, which native code never sees; so a choice made in managed code is passed on too.
            if (ReadNative(variable) is null)
            {
                _ = SetEnv(variable, chosen ?? "1", 1);
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Without a C library there is no environment to set; routing must not fail for that.
        }
    }

    /// <summary>The variable's value as native code on Unix sees it.</summary>
    internal static string? ReadNative(string name) => Marshal.PtrToStringUTF8(GetEnv(name));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
