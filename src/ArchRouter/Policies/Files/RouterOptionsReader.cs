namespace ArchRouter;

/// <summary>Reads the section <c>router</c>.</summary>
internal static class RouterOptionsReader
{
    public static void Read(ConfigNode node, ConfigValues values, RouterOptions options)
    {
        if (values.Fields(node, "router", ["deadline", "strict", "rememberedTurns", "enableSensitiveData", .. EngineSettingsReader.Keys]) is not { } fields)
        {
            return;
        }

        // What the options themselves would refuse is reported here, where the line is known, and not set.
        if (values.Duration(fields["deadline"], "deadline") is { } deadline && Accept(RouterOptions.DeadlineProblem(deadline), fields["deadline"]!))
        {
            options.Deadline = deadline;
        }

        if (values.Integer(fields["rememberedTurns"], "rememberedTurns") is { } turns && Accept(RouterOptions.RememberedTurnsProblem(turns), fields["rememberedTurns"]!))
        {
            options.RememberedTurns = turns;
        }

        options.Strict = values.Boolean(fields["strict"], "strict") ?? options.Strict;
        options.EnableSensitiveData = values.Boolean(fields["enableSensitiveData"], "enableSensitiveData") ?? options.EnableSensitiveData;

        options.Engine = new EngineSettingsReader(values).Read(fields, options.Engine);

        bool Accept(RouteTableProblem? problem, ConfigNode at)
        {
            if (problem is not null)
            {
                values.Problems.Add(problem with { Location = at.Location });
            }

            return problem is null;
        }
    }
}
