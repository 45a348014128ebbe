using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Seeds;

/// <summary>Contacts such as a customer of a stage has: in office hours, more of them lately, calls and mails before all.</summary>
internal sealed class MadeUpContacts(Chance chance, DateTime now)
{
    /// <summary>A contact between <paramref name="since"/> and now.</summary>
    public InteractionDetails Past(DateTime since, string language)
    {
        var span = Math.Max(1, (now - since).TotalDays);
        var at = Office(now.AddDays(-span * Math.Pow(chance.Unit(), 1.4)));
        if (at < since) at = since.AddMinutes(15);
        if (at >= now) at = now.AddMinutes(-chance.Between(5, 60));
        var channel = chance.Weighted(
            (Channel.Call, 36), (Channel.Email, 31), (Channel.Meeting, 9), (Channel.Chat, 8), (Channel.Visit, 5), (Channel.Social, 4), (Channel.Note, 7));
        return Words(channel, language) with
        {
            OccurredAt = at,
            Direction = channel == Channel.Note || chance.Is(0.62) ? Direction.Outbound : Direction.Inbound,
            Outcome = OutcomeOf(channel),
            Minutes = channel switch
            {
                Channel.Call => chance.Between(2, 25),
                Channel.Meeting or Channel.Visit => chance.Between(2, 8) * 15,
                _ => null,
            },
        };
    }

    /// <summary>An appointment in the next days.</summary>
    public InteractionDetails Planned(int inDays, string language) =>
        Words(chance.Weighted((Channel.Call, 5), (Channel.Meeting, 4), (Channel.Visit, 2)), language) with { OccurredAt = Office(now.AddDays(inDays)), IsPlanned = true };

    private InteractionDetails Words(Channel channel, string language) => new()
    {
        OccurredAt = now,
        Channel = channel,
        Subject = chance.Is(0.92) ? chance.Common(Phrases.Subjects(channel, language)) : null,
        Body = chance.Is(channel == Channel.Note ? 0.9 : 0.35) ? chance.Of(Phrases.Bodies(language)) : null,
    };

    private Outcome OutcomeOf(Channel channel) => channel switch
    {
        Channel.Note => Outcome.None,
        Channel.Call => chance.Weighted(
            (Outcome.Reached, 40), (Outcome.NoAnswer, 22), (Outcome.LeftMessage, 10), (Outcome.Interested, 10), (Outcome.NotInterested, 6), (Outcome.FollowUp, 9), (Outcome.Resolved, 3)),
        Channel.Email => chance.Weighted((Outcome.None, 60), (Outcome.FollowUp, 15), (Outcome.Interested, 10), (Outcome.Resolved, 10), (Outcome.NotInterested, 5)),
        _ => chance.Weighted((Outcome.Reached, 30), (Outcome.Interested, 25), (Outcome.FollowUp, 25), (Outcome.Resolved, 15), (Outcome.NotInterested, 5)),
    };

    // quarter hours from 8 to 17 UTC on working days
    private DateTime Office(DateTime day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(day > now ? 1 : -1);
        return DateTime.SpecifyKind(day.Date.AddMinutes((8 * 60) + (chance.Below(37) * 15)), DateTimeKind.Utc);
    }
}
