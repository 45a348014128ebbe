using System.Diagnostics.CodeAnalysis;

namespace CrmWeb.Domain.Segments;

internal static class RuleParser
{
    public static bool TryParse(string text, RuleWorld world, bool isStored, [NotNullWhen(true)] out SegmentRule? rule, [NotNullWhen(false)] out RuleError? error) => throw new NotImplementedException();
}
