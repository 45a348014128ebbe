using CrmWeb.Domain.Customers;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>A contact or a task on its day, in the member's zone. A task has no time of day.</summary>
public sealed record CalendarEntry(
    long Id, DateOnly Day, DateTime? At, Channel? Channel, string? Title, long? CustomerId, string? CustomerName, bool Open, bool Late)
{
    public bool IsTask => Channel is null;
}

public sealed record CalendarPage(CalendarSpan Span, DateOnly Today, ILookup<DateOnly, CalendarEntry> Entries, bool More);
