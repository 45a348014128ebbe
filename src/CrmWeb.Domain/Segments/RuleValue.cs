namespace CrmWeb.Domain.Segments;

public enum RuleUnit
{
    Days,
    Weeks,
    Months,
    Years,
}

/// <summary>A value that a clause compares with.</summary>
public abstract record RuleValue
{
    private RuleValue() { }

    /// <summary>As typed.</summary>
    public sealed record Text(string Typed) : RuleValue;

    /// <param name="Currency">Of an amount that names one; else amounts are of the tenant's.</param>
    public sealed record Number(decimal Amount, string? Currency = null) : RuleValue;

    public sealed record Day(DateOnly Date) : RuleValue;

    /// <summary>So far from the day on which the rule is asked; 0 is that day.</summary>
    public sealed record Today(int Count, RuleUnit Unit) : RuleValue;

    /// <summary>Days of any year: from the day on which the rule is asked so far ahead, or back; 0 is that day.</summary>
    public sealed record Span(int Count, RuleUnit Unit) : RuleValue;

    /// <summary>A month of any year, from 1.</summary>
    public sealed record Month(int Of) : RuleValue;

    /// <summary>The month in which the rule is asked, of any year; the one before it, -1, or after it, 1.</summary>
    public sealed record ThisMonth(int Away) : RuleValue;

    /// <summary>One of the words of a choice.</summary>
    public sealed record Word(string Name) : RuleValue;

    public sealed record YesNo(bool IsYes) : RuleValue;

    /// <summary>A row of the tenant: a member, a team, an option of a custom field …</summary>
    public sealed record Row(long Id) : RuleValue;
}
