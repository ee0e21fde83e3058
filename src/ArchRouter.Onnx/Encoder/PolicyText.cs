using System.Text;

namespace ArchRouter.Onnx;

/// <summary>A policy as the model reads it: its name in words, a colon, its description.</summary>
internal static class PolicyText
{
    public static string Of(RoutePolicy policy)
    {
        var text = new StringBuilder(policy.Name.Length + policy.Description.Length + 10);
        char before = ' ';
        foreach (char c in policy.Name)
        {
            if (char.IsUpper(c) && (char.IsLower(before) || char.IsDigit(before)))
            {
                text.Append(' ');
            }

            text.Append(c is '_' or '.' or '-' ? ' ' : c);
            before = c;
        }

        return text.Append(": ").Append(policy.Description).ToString();
    }
}
