namespace ArchRouter;

/// <summary>Which failures may mean that a server or client does not take a JSON schema.</summary>
internal static class SchemaRefusal
{
    // Servers that do not know response_format answer 400, 422 or 501.
    public static bool MayBe(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is NotSupportedException || TargetFailure.StatusOf(e) is 400 or 422 or 501)
            {
                return true;
            }
        }

        return false;
    }
}
