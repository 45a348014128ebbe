namespace CrmWeb.Web.Features.Shared;

/// <summary>What a colour means. There is one accent; the others say good, needs care, wrong.</summary>
public enum Tone
{
    Neutral,
    Accent,
    Good,
    Warn,
    Bad,
}

public sealed record Badge(string Text, Tone Tone = Tone.Neutral, string? Icon = null);

/// <summary>A step of the way to a page; without an address it is the page itself.</summary>
public sealed record Crumb(string Text, string? Url = null);
