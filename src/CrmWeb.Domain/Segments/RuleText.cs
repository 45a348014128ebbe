namespace CrmWeb.Domain.Segments;

internal static class RuleText
{
    public static string Write(RuleNode root, RuleWorld? world) => throw new NotImplementedException();
}
