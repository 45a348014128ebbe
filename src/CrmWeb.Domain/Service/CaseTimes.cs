namespace CrmWeb.Domain.Service;

/// <summary>What tells whether a case kept what was promised: the case itself, or its row in a list.</summary>
public interface ICaseTimes
{
    /// <summary>The earlier of what still runs.</summary>
    DateTime? NextDueAt { get; }

    DateTime? AnswerDueAt { get; }

    DateTime? ResolveDueAt { get; }

    DateTime? AnsweredAt { get; }

    DateTime? ResolvedAt { get; }

    DateTime? WaitingSince { get; }
}

public static class CaseTimes
{
    /// <summary>Whether a clock ran out, or had run out when it was stopped. The filter of the list says the same to the database.</summary>
    public static bool IsBreached(this ICaseTimes its, DateTime now) =>
        its.NextDueAt < now || its.AnsweredAt > its.AnswerDueAt || its.ResolvedAt > its.ResolveDueAt
        || (its.AnsweredAt is null && its.AnswerDueAt < (its.WaitingSince ?? its.ResolvedAt)) || its.ResolveDueAt < its.WaitingSince;
}
