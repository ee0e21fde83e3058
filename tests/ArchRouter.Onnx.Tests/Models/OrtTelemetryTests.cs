namespace ArchRouter.Onnx.Tests;

public sealed class OrtTelemetryTests
{
    private readonly string _variable = $"ARCHROUTER_TEST_{Guid.NewGuid():N}";

    [Fact]
    public void TurnOff_ReachesNativeCode()
    {
        OrtTelemetry.TurnOff(_variable);

        Assert.Equal("1", Seen(_variable));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void TurnOff_PassesTheUsersChoiceOn(string chosen)
    {
        Environment.SetEnvironmentVariable(_variable, chosen);

        OrtTelemetry.TurnOff(_variable);

        Assert.Equal(chosen, Seen(_variable));
    }

    [Fact]
    public void Load_TurnsItOffBeforeAnyModel()
    {
        Assert.NotNull(Bundled.Engine);
        Assert.NotNull(Seen(OrtTelemetry.Variable));
    }

    private static string? Seen(string variable) =>
        OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable(variable) : OrtTelemetry.ReadNative(variable);
}
