using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>
/// Makes or changes many customers by their external ids, in a few statements for all of them. A row that does not fit is refused by itself; the
/// others come in. Of a customer who is there only the fields of the row are changed.
/// </summary>
internal sealed class CustomerBatch(CrmDb db, CurrentMember me, IValidator<CustomerForm> validator, CustomerBatchFields fields, JsonSerializerOptions json, IStringLocalizer L)
{
    public Task<List<CustomerBatchRow>> Run(IReadOnlyList<JsonElement> items, CancellationToken stop) => db.RunBatch(
        () => ApiBatch.Read<CustomerBatchRow, CustomerInput>(items, (number, said) => new(number) { Said = said }, input => input.ExternalId, json, L),
        async rows =>
        {
            await Decide(rows, stop);
            await Write(rows, stop);
        }, stop);

    private async Task Decide(List<CustomerBatchRow> rows, CancellationToken stop)
    {
        var open = rows.Where(row => !row.IsRefused).ToList();
        List<string> ids = [.. open.Select(row => row.ExternalId!)];
        var taken = await db.TakenExternalIds(ids, stop);
        var stored = new Dictionary<string, Customer>(StringComparer.Ordinal);
        if (taken.Count > 0)
        {
            var found = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.ExternalId!)).ToListAsync(stop);
            await db.LoadContactPoints(found, stop);
            stored = found.ToDictionary(c => c.ExternalId!, StringComparer.Ordinal);
        }

        await fields.Load(db, stored.Values, stop);
        var known = await CustomerBatchReferences.Load(db, open, stop);
        foreach (var row in open)
        {
            row.Stored = stored.GetValueOrDefault(row.ExternalId!);
            if (row.Stored is null && taken.ContainsKey(row.ExternalId!)) row.Refuse("externalId", L["belongs to a customer that is archived or not yours to see"]);
            else Decide(row, known);
        }

        await fields.Check(db, [.. open.Where(row => row.After is not null)], stop);
        await DecideTags([.. open.Where(row => row is { IsRefused: false, HasTags: true })], stop);
    }

    private void Decide(CustomerBatchRow row, CustomerBatchReferences known)
    {
        var said = row.Input!.ToForm().ToDetails(me.Pass.Country, CustomFieldSet.None, CustomerDetails.NoCustom).Tidy();
        var before = row.Stored is null ? said : fields.Before(row.Stored);
        var after = (row.Stored is null ? said : row.Given.Aggregate(before, (d, field) => field.Take(d, said))) with { PhoneCountry = me.Pass.Country };
        if (row.Stored is null && after.OwnerId is null && !db.Current.Actor.WouldSee(null, after.TeamId)) after = after with { OwnerId = me.Id };
        after = fields.With(row, after);
        var changed = row.Stored is null ? row.Given : DetailField.Between(before, after);

        foreach (var field in row.Input.Broken()) row.Refuse(field, L["Each entry is one line of text."]);
        foreach (var error in validator.Validate(Judged(row, after, changed)).Errors) row.Refuse(error.PropertyName, error.ErrorMessage);
        foreach (var field in known.Missing(after, changed, row.Stored?.Id)) row.Refuse(field, L["This choice is not there any more."]);
        (row.After, row.HasChanged) = (after, changed.Count > 0);
    }

    /// <summary>The form of the page with what is new in it; what stays as it is was judged when it came.</summary>
    private static CustomerForm Judged(CustomerBatchRow row, CustomerDetails after, IReadOnlyCollection<DetailField> changed) =>
        CustomerForm.Of(changed.Aggregate(new CustomerDetails { Name = after.Name }, (d, field) => field.Take(d, after)), CustomFieldSet.None) with { Tags = row.Input!.ToForm().Tags };

    private async Task DecideTags(List<CustomerBatchRow> rows, CancellationToken stop)
    {
        List<long> ids = [.. rows.Where(row => row.Stored is not null).Select(row => row.Stored!.Id)];
        var there = ids.Count == 0 ? [] : await db.CustomerTags.Where(t => ids.Contains(t.CustomerId)).Select(t => new { t.CustomerId, t.TagId, t.Tag!.NameNormal }).ToListAsync(stop);
        var byCustomer = there.ToLookup(t => t.CustomerId);
        foreach (var row in rows)
        {
            var wanted = row.Input!.ToForm().TagNames().ToDictionary(SearchText.Fold, name => name, StringComparer.Ordinal);
            foreach (var tag in row.Stored is null ? [] : byCustomer[row.Stored.Id])
            {
                if (!wanted.Remove(tag.NameNormal)) row.GoneTags.Add(tag.TagId);
            }

            row.NewTags = wanted;
            row.HasChanged |= wanted.Count > 0 || row.GoneTags.Count > 0;
        }
    }

    private async Task Write(List<CustomerBatchRow> rows, CancellationToken stop)
    {
        var open = rows.Where(row => !row.IsRefused).ToList();
        var fresh = open.Where(row => row.Stored is null).ToList();
        var made = fresh.ConvertAll(row => new Customer(row.After!, me.Now));
        await db.InsertCustomers(made, me.Now, stop);
        await db.Tell(made.ConvertAll(customer => new Change(RecordKind.Customer, customer.Id, customer.Id) { Act = Act.Created }), stop);
        for (var i = 0; i < fresh.Count; i++) (fresh[i].Id, fresh[i].Outcome) = (made[i].Id, BatchOutcome.Created);

        foreach (var row in open.Where(row => row.Stored is not null)) (row.Id, row.Outcome) = (row.Stored!.Id, row.HasChanged ? BatchOutcome.Changed : BatchOutcome.Same);
        var changed = open.Where(row => row.Outcome == BatchOutcome.Changed).ToList();
        await db.UpdateCustomers(changed.ConvertAll(row => (row.Stored!, row.After!)), me.Now, stop);
        foreach (var gone in changed.SelectMany(row => row.GoneTags.Select(tag => (tag, row.Id))).GroupBy(pair => pair.tag, pair => pair.Id!.Value))
        {
            await db.TakeTag(gone.Key, [.. gone], stop);
        }

        await db.GiveTags([.. open.SelectMany(row => row.NewTags.Select(tag => (row.Id!.Value, tag.Key, tag.Value)))], made.Select(customer => customer.Id).ToHashSet(), stop);
        await db.RefreshSearch([.. made.Select(customer => customer.Id), .. changed.Select(row => row.Id!.Value)], renamed: true, stop);
    }
}
