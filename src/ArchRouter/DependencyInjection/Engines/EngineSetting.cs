namespace ArchRouter;

/// <summary>A value of the section <c>router</c> and where it stands.</summary>
internal readonly record struct EngineSetting<T>(T Value, string Location);
