namespace ArchRouter;

/// <summary>What makes the facts and settings of a target acceptable.</summary>
internal static class TargetRules
{
    public static void Check(RouteTarget target, string where, List<RouteTableProblem> problems)
    {
        if (target.ContextLength is <= 0)
        {
            problems.Add(new(where, $"The context length is {target.ContextLength}.", "Use the number of tokens, more than 0."));
        }

        if (target.Price is { } price && (price.InputPerMillionTokens < 0 || price.OutputPerMillionTokens < 0))
        {
            problems.Add(new(where, $"The price is {price.InputPerMillionTokens} and {price.OutputPerMillionTokens}.", "Use 0 or more for a million tokens."));
        }

        if (target.Settings.MaxOutputTokens is <= 0)
        {
            problems.Add(new(where, $"The most output tokens are {target.Settings.MaxOutputTokens}.", "Use a number more than 0."));
        }

        if (target.Settings.Temperature is { } temperature && !(temperature >= 0 && double.IsFinite(temperature)))
        {
            problems.Add(new(where, $"The temperature is {temperature}.", "Use 0 or more."));
        }

        if (target.Settings.TopP is { } topP && !(topP is >= 0 and <= 1))
        {
            problems.Add(new(where, $"The nucleus sampling mass (top p) is {topP}.", "Use a number from 0 to 1."));
        }
    }
}
