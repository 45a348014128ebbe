using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <param name="Customer">Null where the customer is made, and of a refused row.</param>
internal sealed record PlannedInteraction(InteractionRead Read, RowOutcome Outcome, long? Customer = null);

/// <param name="Made">The customers to make, by what they are looked for.</param>
internal sealed record InteractionPlan(IReadOnlyList<PlannedInteraction> Rows, IReadOnlyDictionary<string, CustomerDetails> Made, long MemberId) : RowPlan(CountsOf(Rows))
{
    public IEnumerable<PlannedInteraction> New => Rows.Where(row => row.Outcome == RowOutcome.New);

    public override IEnumerable<ImportRow> Refused(long importId) => Rows.Where(row => row.Outcome == RowOutcome.Refused).Select(row => new ImportRow(importId, row.Read.Row.Line, RowOutcome.Refused)
    {
        Reason = Refusal.Join(row.Read.Refusals),
        Before = Snapshot.Cells(row.Read.Row),
    });

    public override async Task Write(CrmDb db, long importId, DateTime now, CancellationToken stop)
    {
        var customers = await RowCustomers.Write(db, Made, importId, now, stop);
        await db.InsertContacts([.. New.Select(row => (Interaction.OfMany(Logged(row.Read.Details, now), row.Read.MemberId ?? MemberId, now, importId, row.Read.ExternalId), row.Customer ?? customers[row.Read.Customer].Id))], stop);
        await db.BulkInsert([.. Refused(importId)], stop);
    }

    /// <summary>The noon that stands for a day may not have come yet: what took place that day did so by now.</summary>
    private static InteractionDetails Logged(InteractionDetails details, DateTime now) => details.IsPlanned || details.OccurredAt <= now ? details : details with { OccurredAt = now };

    private static ImportCounts CountsOf(IReadOnlyList<PlannedInteraction> rows)
    {
        int Count(RowOutcome outcome) => rows.Count(row => row.Outcome == outcome);
        return new(Count(RowOutcome.New), Count(RowOutcome.Changed), Count(RowOutcome.Same), Count(RowOutcome.Refused));
    }
}

/// <summary>What the rows of a batch do. A row that says what is there already, by hand or by a file, is that interaction: a file that comes twice does no harm. With an
/// id of its own it is the one with that id, whatever became of it, or else one without an id that says the same.</summary>
/// <param name="pretended">In a dry run: what the rows so far would have made.</param>
internal sealed class InteractionPlanning(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, IReadOnlySet<UInt128> pretended)
{
    private readonly RowCustomers customers = new(db, me, settings, fields);
    private readonly HashSet<(string Customer, InteractionDetails Said)> met = [];
    private readonly HashSet<string> metIds = new(StringComparer.Ordinal);
    private HashSet<(long Customer, InteractionDetails Said)> there = [];
    private HashSet<(long Customer, InteractionDetails Said)> thereWithoutId = [];
    private Dictionary<string, (long CustomerId, DateTime At, DateTime LoggedAt)> taken = [];

    public async Task<InteractionPlan> Plan(IReadOnlyList<InteractionRead> rows, CancellationToken stop)
    {
        List<InteractionRead> open = [.. rows.Where(row => row.Refusals.Count == 0)];
        await customers.Load([.. open.Select(row => row.Customer).Distinct(StringComparer.Ordinal)], stop);
        List<string> ids = [.. open.Select(row => row.ExternalId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Count > 0) taken = await db.TakenContactIds(ids, stop);
        List<long> known = [.. open.SelectMany(row => customers.Of(row.Customer)).Distinct()];
        if (known.Count > 0)
        {
            List<DateTime> moments = [.. open.Select(row => row.Details.OccurredAt).Distinct()];
            var (first, last) = (moments.Min().AddDays(-1), moments.Max());
            var said = await db.Interactions
                .Where(i => known.Contains(i.CustomerId) && (moments.Contains(i.OccurredAt) || (i.OccurredAt == i.CreatedAt && i.OccurredAt >= first && i.OccurredAt <= last)))
                .Select(i => new { i.CustomerId, i.OccurredAt, IsOfItsImport = i.OccurredAt == i.CreatedAt, i.Channel, i.Direction, i.Subject, i.Body, i.Outcome, i.Minutes, i.ExternalId }).ToListAsync(stop);
            var all = said.ConvertAll(i => (i.ExternalId, Said: (i.CustomerId, new InteractionDetails { OccurredAt = i.IsOfItsImport ? DayOf(i.OccurredAt) : i.OccurredAt, Channel = i.Channel, Direction = i.Direction, Subject = i.Subject, Body = i.Body, Outcome = i.Outcome, Minutes = i.Minutes })));
            there = [.. all.Select(i => i.Said)];
            thereWithoutId = [.. all.Where(i => i.ExternalId is null).Select(i => i.Said)];
        }

        List<PlannedInteraction> planned = [.. rows.Select(Plan)];
        return new(planned, customers.Made, me.Id);
    }

    /// <summary>What came in before the noon of its day, without a time, was logged as of that moment: its row still says the noon.</summary>
    private DateTime DayOf(DateTime logged) => RowText.NoonOf(me.TenantDay(logged), me.TenantZone) is var noon && logged < noon ? noon : logged;

    /// <summary>What is said, whatever the time of the import makes of it.</summary>
    private static InteractionDetails Said(InteractionRead row) => row.Details with { IsPlanned = false };

    public static UInt128 KeyOf(InteractionRead row) => ImportCheck.Hash(row.ExternalId is { } own ? "id\n" + own : string.Join('\n', row.Customer, Said(row)));

    private PlannedInteraction Plan(InteractionRead row)
    {
        if (row.Refusals.Count > 0) return new(row, RowOutcome.Refused);
        var (who, refused) = customers.Find(row.Customer);
        if (refused is not null)
        {
            row.Refusals.Add(new(InteractionField.Customer, refused));
            return new(row, RowOutcome.Refused);
        }

        var said = Said(row);
        if (IsOfAnother(row, who))
        {
            row.Refusals.Add(new(InteractionField.ExternalId, Refusal.Taken));
            return new(row, RowOutcome.Refused);
        }

        var again = row.ExternalId is { } own
            ? taken.ContainsKey(own) || (who is { } customer && thereWithoutId.Contains((customer, said))) || !metIds.Add(own)
            : (who is { } id && there.Contains((id, said))) || !met.Add((row.Customer, said));
        if (again || pretended.Contains(KeyOf(row))) return new(row, RowOutcome.Same, who);
        if (who is null) customers.Make(row.Customer, row.CustomerText, row.CustomerName);
        return new(row, RowOutcome.New, who);
    }

    /// <summary>Two files may count their rows alike. With another customer at the same time it is the one that is meant: they were merged, or it was moved.</summary>
    private bool IsOfAnother(InteractionRead row, long? who) => row.ExternalId is { } own && taken.TryGetValue(own, out var by) && by.CustomerId != who
        && (by.At == by.LoggedAt ? DayOf(by.At) : by.At) != row.Details.OccurredAt;
}
