using System.Diagnostics;

namespace ArchRouter.Tests.Diagnostics;

/// <summary>
/// The routing activity of one test. Sources are shared by the process, so the trace tells this test's activity from those of tests that run beside it.
/// </summary>
internal sealed class RecordedActivity : IDisposable
{
    private readonly Activity _test = new Activity("test").Start();
    private readonly List<Activity> _stopped = [];
    private readonly ActivityListener _listener;

    public RecordedActivity()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == ArchRouterTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _test.TraceId)
                {
                    _stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Single() => Assert.Single(_stopped);

    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }
}
