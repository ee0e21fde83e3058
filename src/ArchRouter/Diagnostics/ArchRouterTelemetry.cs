using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ArchRouter;

/// <summary>The names under which ArchRouter reports activities and metrics.</summary>
public static class ArchRouterTelemetry
{
    /// <summary>The name of the activity source and of the meter: <c>ArchRouter</c>.</summary>
    public const string SourceName = "ArchRouter";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "archrouter.decision.duration", "s", "How long a routing decision took.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    private static readonly Counter<long> Failovers = Meter.CreateCounter<long>(
        "archrouter.failovers", "{failover}", "How often another target took over before any output.");

    internal static Activity? StartRoute() => Source.HasListeners() ? Source.StartActivity("archrouter.route") : null;

    internal static void Record(Activity? activity, RoutingDecision decision, RouteContext? sensitive)
    {
        if (activity is { IsAllDataRequested: true })
        {
            Describe(activity, decision, sensitive);
        }

        if (Duration.Enabled)
        {
            TagList tags = new()
            {
                { "archrouter.outcome", decision.Outcome.ToString() },
                { "archrouter.policy", decision.Policy },
                { "archrouter.target", decision.Target.ServiceId },
                { "archrouter.step", decision.Step.ToString() },
            };
            if (decision.Cascade is { } cascade)
            {
                tags.Add("archrouter.cascade", cascade.Outcome.ToString());
            }

            Duration.Record(decision.Elapsed.TotalSeconds, tags);
        }
    }

    internal static void RecordFailover(string from, string to)
    {
        if (Failovers.Enabled)
        {
            Failovers.Add(1, new("archrouter.target", from), new("archrouter.next_target", to));
        }
    }

    private static void Describe(Activity activity, RoutingDecision decision, RouteContext? sensitive)
    {
        activity.SetTag("archrouter.outcome", decision.Outcome.ToString());
        activity.SetTag("archrouter.step", decision.Step.ToString());
        activity.SetTag("archrouter.agent", decision.AgentName);
        activity.SetTag("archrouter.function", decision.FunctionName);
        activity.SetTag("archrouter.plugin", decision.PluginName);
        activity.SetTag("archrouter.policy", decision.Policy);
        activity.SetTag("archrouter.domain", decision.Domain);
        activity.SetTag("archrouter.rule", decision.Rule);
        activity.SetTag("archrouter.target", decision.Target.ServiceId);
        activity.SetTag("archrouter.probability", decision.Probability);
        activity.SetTag("archrouter.margin", decision.Margin);
        activity.SetTag("archrouter.table", decision.TableName);
        activity.SetTag("archrouter.table_version", decision.TableVersion);
        activity.SetTag("archrouter.engine", decision.EngineId);
        activity.SetTag("archrouter.cascade", decision.Cascade?.Outcome.ToString());
        activity.SetTag("archrouter.cascade.error_type", decision.Cascade?.Error?.GetType().FullName);
        if (decision.Error is { } error)
        {
            activity.SetTag("error.type", error.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        if (sensitive is { Conversation.HasRequest: true })
        {
            activity.SetTag("archrouter.request", sensitive.Conversation.Messages[^1].Text);
        }
    }
}
