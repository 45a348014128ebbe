using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Merging;

/// <summary>
/// Takes a merge apart: what moved goes back, and the survivor says what it said, where it still says what the merge wrote. What came after the merge
/// stays with the survivor.
/// </summary>
public static class CustomerUnmerging
{
    /// <summary>A later merge of the same customer, which has to be taken apart before this one; its other customer's name.</summary>
    public static Task<string?> MergedSince(this CrmDb db, Merge merge, CancellationToken stop) =>
        db.Merges.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => m.Id > merge.Id && m.UndoneAt == null && (m.SurvivorId == merge.SurvivorId || m.OtherId == merge.SurvivorId))
            .OrderByDescending(m => m.Id).Select(m => m.SurvivorId == merge.SurvivorId ? m.Other!.Name : m.Survivor!.Name).FirstOrDefaultAsync(stop);

    /// <summary>False when there is nothing to take apart: no such merge that the actor sees, too old, done already, or not the last one.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of the two in this moment.</exception>
    public static async Task<bool> UnmergeCustomers(this CrmDb db, long mergeId, CustomFieldSet fields, string? phoneCountry, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Merges.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mergeId, stop) is not { } found) return false;
        var pair = new MergedPair(found.SurvivorId, found.OtherId);
        await SegmentHold.Take(db, stop);
        await CustomerHold.Take(db, [pair.Survivor, pair.Other], stop);
        var merge = await db.Merges.SingleAsync(m => m.Id == mergeId, stop);
        if (!merge.MayBeUndone(db.Now) || await db.MergedSince(merge, stop) is not null) return false;
        if (await db.LoadWhole(pair.Survivor, stop) is not { } mine || await db.LoadWhole(pair.Other, stop, archived: true) is not { } theirs || theirs.MergedIntoId != mine.Id) return false;

        var record = MergeRecord.Read(merge.Record);
        using (db.Current.CausedBy(merge.Id))
        {
            await db.PutBack(mine, record, merge.At, fields, phoneCountry, stop);
            theirs.ComeApart(record.ExternalId is { } own && await db.IsFree(own, theirs.Id, stop) ? own : theirs.ExternalId);
            merge.Undo(db.Now);
            await db.SaveChangesAsync(stop);
            await db.TakeUniqueValues(theirs, fields, stop);
            foreach (var relation in CustomerRelations.Moved)
            {
                if (record.Moved.TryGetValue(relation.Name, out var ids)) await relation.Move(db, ids, pair.Survivor, pair.Other, stop);
            }

            await db.Tell(new Change(RecordKind.Customer, mine.Id, mine.Id) { Field = "mergedFrom", Old = ChangeText.Of(theirs.Id) }, stop);
        }

        await db.MarkPair(pair, DuplicateState.Merged, DuplicateState.Open, stop);
        await db.AfterMerging(pair, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private static async Task PutBack(this CrmDb db, Customer mine, MergeRecord record, DateTime mergedAt, CustomFieldSet fields, string? phoneCountry, CancellationToken stop)
    {
        var (now, untouched) = (CustomerDetails.Of(mine, fields), mine.UpdatedAt == mergedAt);
        var gone = await db.Gone(mine.Id, record.Before, fields, stop);
        var back = MergedDetails.Without(now, record.Before, record.After, fields, field => !gone.Contains(field.Name));
        mine.Tags.RemoveAll(t => record.Tags.Contains(t.TagId));
        mine.Change(back with { PhoneCountry = phoneCountry, CustomFields = fields }, db.Now);

        var row = db.Entry(mine);
        if (back.Email == record.Before.Email) row.Property(c => c.EmailNormal).CurrentValue = record.EmailNormal;
        if (back.Phone == record.Before.Phone) row.Property(c => c.PhoneNormal).CurrentValue = record.PhoneNormal;
        if (now.Stage == record.After.Stage && record.Before.Stage != record.After.Stage && back.Stage == record.Before.Stage) row.Property(c => c.StageChangedAt).CurrentValue = record.StageChangedAt;
        if (untouched) row.Property(c => c.UpdatedAt).CurrentValue = record.UpdatedAt;
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Fields in which what stood there before cannot stand again: whom or what it named is gone, or somebody else has what no two may have.</summary>
    private static async Task<HashSet<string>> Gone(this CrmDb db, long id, CustomerDetails before, CustomFieldSet fields, CancellationToken stop)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        if (before.OwnerId is { } owner && !await db.Members.AnyAsync(m => m.Id == owner, stop)) gone.Add("ownerId");
        if (before.TeamId is { } team && !await db.Teams.AnyAsync(t => t.Id == team, stop)) gone.Add("teamId");
        if (before.OrganisationId is { } organisation && (await db.StillThere([organisation], stop)).Count == 0) gone.Add("organisationId");
        if (before.ExternalId is { } own && !await db.IsFree(own, id, stop)) gone.Add("externalId");
        foreach (var (field, text) in fields.All.SelectMany(field => before.Custom.GetValueOrDefault(field.Key, []).Select(text => (field, text))))
        {
            var stands = field.Type switch
            {
                CustomFieldType.Choice or CustomFieldType.Choices => CustomText.Id(text) is { } option && field.Option(option) is not null,
                CustomFieldType.Customer => CustomText.Id(text) is { } customer && (await db.StillThere([customer], stop)).Count > 0,
                CustomFieldType.Member => true,
                _ => CustomText.Read(field, text, "EUR", out _) == text && await db.IsFree(field, text, id, stop),
            };
            if (!stands) gone.Add(field.Name);
        }

        return gone;
    }

    // what it gave to the survivor is its own again, unless somebody has it
    private static async Task TakeUniqueValues(this CrmDb db, Customer theirs, CustomFieldSet fields, CancellationToken stop)
    {
        foreach (var value in theirs.CustomValues.Where(v => v.UniqueKey is null))
        {
            if (fields.ById(value.FieldId) is not { Unique: true } field || value.Read(field.Type) is not { } text || !await db.IsFree(field, text, theirs.Id, stop)) continue;
            var key = CustomValue.UniqueKeyOf(field.Type, text);
            await db.CustomValues.Where(v => v.Id == value.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.UniqueKey, key), stop);
        }
    }

    private static async Task<bool> IsFree(this CrmDb db, CustomField field, string text, long but, CancellationToken stop) =>
        !field.Unique || (await db.TakenCustomValues([(field.Id, CustomValue.UniqueKeyOf(field.Type, text))], stop)).Values.All(owner => owner == but);

    private static async Task<bool> IsFree(this CrmDb db, string externalId, long but, CancellationToken stop) =>
        (await db.TakenExternalIds([externalId], stop)).Values.All(owner => owner == but);
}
