using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Body = System.Collections.Generic.Dictionary<string, string>;

namespace CrmWeb.Tests.Authorisation;

/// <summary>A form that is valid for the rows of a tenant.</summary>
/// <param name="Route">As the program maps it.</param>
/// <param name="Id">The row in its path; null where there is none.</param>
/// <param name="Swaps">The fields that name rows, and what an id of another tenant would be.</param>
internal sealed record ValidForm(string Route, Func<FormRows, long>? Id, Func<FormRows, Task<Body>> Body, params (string Field, Func<FormRows, long> Id)[] Swaps)
{
    /// <summary>Fields that name rows and are passed over, whatever stands in them.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The change in its path, where it names one.</summary>
    public Func<FormRows, long>? Change { get; init; }

    /// <summary>The name of the field that takes files, where it is the one that counts.</summary>
    public string? File { get; init; }

    public HttpContent Content(Body body)
    {
        if (File is null) return new FormUrlEncodedContent(body);
        var content = Make.Upload(File, ("Offer.pdf", Make.Pdf()));
        foreach (var (field, value) in body) content.Add(new StringContent(value), field);
        return content;
    }

    public string Path(FormRows rows) => "/" + Route.Replace("{id:long}", Id?.Invoke(rows).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{change:long}", Change?.Invoke(rows).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        // an entry of the inventory is named by its field
        .Replace("{name}", "email", StringComparison.Ordinal);
}

internal static class ValidForms
{
    public static readonly ValidForm[] All =
    [
        new("customers/new", null, rows => Task.FromResult(Customer(rows)), Customers),
        new("customers/{id:long}/edit", r => r.Customer, async r => With(Customer(r), await r.Version(db => db.Customers.Where(c => c.Id == r.Customer).Select(c => c.Version))), Customers),
        Bare("customers/{id:long}/archive", r => r.Customer),
        Bare("customers/{id:long}/restore", r => r.Archived),
        new("customers/{id:long}/notes", r => r.Customer, r => Of(("Body", "Noted"))),
        Bare("customers/{id:long}/follow", r => r.Customer),
        Bare("customers/{id:long}/unfollow", r => r.Customer),
        Bare("notifications/{id:long}/open", r => r.Notification),
        Bare("notifications/{id:long}/read", r => r.Notification),
        Bare("notifications/{id:long}/unread", r => r.Notification),
        new("customers/{id:long}/merge", r => r.Customer, async r =>
        {
            var body = With([], await r.Version(db => db.Customers.Where(c => c.Id == r.Customer).Select(c => c.Version)));
            body["With"] = Text(r.Referred);
            body["OtherVersion"] = Text(await r.Version(db => db.Customers.Where(c => c.Id == r.Referred).Select(c => c.Version)));
            return body;
        }, ("With", r => r.Referred)),
        Bare("customers/merges/{id:long}/undo", r => r.Merge),
        Bare("duplicates/{id:long}/dismiss", r => r.Pair),
        Bare("duplicates/{id:long}/reopen", r => r.Pair),
        new("interactions/new", null, r => Of(("CustomerId", r.Customer), ("CaseId", r.Case), ("Channel", "Call"), ("Subject", "Talked")), ("CustomerId", r => r.Customer), ("CaseId", r => r.Case)),
        // the customer of a contact stays, whatever is posted
        new("interactions/{id:long}", r => r.Interaction, async r => With(new() { ["Channel"] = "Call", ["Subject"] = "Talked", ["CustomerId"] = Text(r.Customer) }, await r.Version(db => db.Interactions.Where(i => i.Id == r.Interaction).Select(i => i.Version)))) { Without = ["CustomerId", "CaseId"] },
        Bare("interactions/{id:long}/delete", r => r.Interaction),
        Bare("interactions/{id:long}/restore", r => r.DeletedInteraction),
        new("customers/{id:long}/files", r => r.Customer, _ => Of()) { File = "Files" },
        Bare("files/{id:long}/delete", r => r.File),
        Bare("files/{id:long}/restore", r => r.DeletedFile),
        new("interactions/{id:long}/done", r => r.Planned, _ => Of(("outcome", "Reached"))),
        new("interactions/{id:long}/plan", r => r.Interaction, _ => Of(("at", "2030-01-01T10:00:00"))),
        new("tasks/new", null, rows => Task.FromResult(Todo(rows)), Tasks),
        new("tasks/{id:long}", r => r.Task, async r => With(Todo(r), await r.Version(db => db.Tasks.Where(t => t.Id == r.Task).Select(t => t.Version))), Tasks),
        new("tasks/{id:long}/owner", r => r.Task, r => Of(("OwnerId", r.Member)), ("OwnerId", r => r.Member)),
        Bare("tasks/{id:long}/done", r => r.Task),
        // a next task that this one did not make stays as it is
        new("tasks/{id:long}/reopen", r => r.Task, r => Of(("next", r.Task))) { Without = ["next"] },
        Bare("tasks/{id:long}/delete", r => r.Task),
        Bare("tasks/{id:long}/restore", r => r.DeletedTask),
        new("cases/new", null, r => Task.FromResult(Complaint(r)), Cases),
        // the customer of a case stays, whatever is posted
        new("cases/{id:long}/edit", r => r.Case, async r => With(Complaint(r), await r.Version(db => db.Cases.Where(c => c.Id == r.Case).Select(c => c.Version))), [.. Cases.Where(swap => swap.Field != "CustomerId")]) { Without = ["CustomerId"] },
        Bare("cases/{id:long}/open", r => r.Case),
        Bare("cases/{id:long}/wait", r => r.Case),
        Bare("cases/{id:long}/answer", r => r.Case),
        Bare("cases/{id:long}/answer/undo", r => r.Case),
        new("cases/{id:long}/resolve", r => r.Case, r => Of(("RootCauseId", r.RootCause)), ("RootCauseId", r => r.RootCause)),
        Bare("cases/{id:long}/close", r => r.Case),
        Bare("cases/{id:long}/close/undo", r => r.Case),
        Bare("cases/{id:long}/delete", r => r.Case),
        Bare("cases/{id:long}/restore", r => r.DeletedCase),
        Bare("settings/service/holidays/{id:long}/delete", r => r.Holiday),
        new("settings/service/levels", null, r => Of(("Rows[0].Priority", "Normal"), ("Rows[0].TierId", r.Tier), ("Rows[0].Answer", "4h")), ("Rows[0].TierId", r => r.Tier)),
        new("settings/service/tiers/{id:long}", r => r.Tier, _ => Of(("Name", $"Tier {Make.Number()}"))),
        Bare("settings/service/tiers/{id:long}/up", r => r.Tier),
        Bare("settings/service/tiers/{id:long}/down", r => r.Tier),
        Bare("settings/service/tiers/{id:long}/delete", r => r.Tier),
        Bare("settings/service/tiers/{id:long}/restore", r => r.Tier),
        new("settings/members/{id:long}", r => r.Member, async r => With(new() { ["Roles"] = "Sales", ["Teams"] = Text(r.Team) }, await r.Version(db => db.Members.Where(m => m.Id == r.Member).Select(m => m.Version))), ("Teams", r => r.Team)),
        Bare("settings/members/{id:long}/deactivate", r => r.Member),
        Bare("settings/members/{id:long}/reactivate", r => r.Member),
        new("settings/invitations/new", null, r => Of(("Emails", $"new{Make.Number()}@example.org"), ("Roles", "Sales"), ("TeamId", r.Team)), ("TeamId", r => r.Team)),
        Bare("settings/invitations/{id:long}/resend", r => r.Invitation),
        Bare("settings/invitations/{id:long}/revoke", r => r.Invitation),
        new("settings/teams/new", null, r => Of(("Name", $"Team {Make.Number()}"), ("Members", r.Member)), ("Members", r => r.Member)),
        new("settings/teams/{id:long}", r => r.Team, async r => With(new() { ["Name"] = $"Team {Make.Number()}", ["Members"] = Text(r.Member) }, await r.Version(db => db.Teams.Where(t => t.Id == r.Team).Select(t => t.Version))), ("Members", r => r.Member)),
        Bare("settings/teams/{id:long}/delete", r => r.Team),
        new("settings/teams/restore", null, r => Of(("name", $"Team {Make.Number()}"), ("members", r.Member)), ("members", r => r.Member)),
        new("settings/fields/new", null, r => Of(("Type", "Text"), ("Label", $"Field {Make.Number()}"), ("GroupId", r.FieldGroup)), ("GroupId", r => r.FieldGroup)),
        new("settings/fields/{id:long}", r => r.Field, r => Of(("Label", "Field"), ("Version", 0), ("GroupId", r.FieldGroup)), ("GroupId", r => r.FieldGroup)),
        Bare("settings/fields/{id:long}/up", r => r.Field),
        Bare("settings/fields/{id:long}/down", r => r.Field),
        Bare("settings/fields/{id:long}/retire", r => r.Field),
        Bare("settings/fields/{id:long}/restore", r => r.Field),
        new("settings/fields/{id:long}/type", r => r.Field, _ => Of(("To", "LongText"), ("Version", 0))),
        new("settings/fields/groups/{id:long}", r => r.FieldGroup, _ => Of(("Name", $"Group {Make.Number()}"))),
        Bare("settings/fields/groups/{id:long}/delete", r => r.FieldGroup),
        Bare("settings/fields/groups/{id:long}/up", r => r.FieldGroup),
        Bare("settings/fields/groups/{id:long}/down", r => r.FieldGroup),
        new("imports/{id:long}/format", r => r.Import, _ => Of(("Encoding", "utf-8"), ("Delimiter", "comma"), ("HasHeader", "true"))),
        new("imports/{id:long}/columns", r => r.Import, r => Of(("Fields[0]", "externalId"), ("Fields[1]", "name"), ("Match", "ExternalId"), ("OnMatch", "Update"), ("Kind", "Person"), ("Stage", "Lead"), ("OwnerId", r.Member), ("TeamId", r.Team)),
            ("OwnerId", r => r.Member), ("TeamId", r => r.Team)),
        PutBack("customers", r => r.Customer, r => r.Version(db => db.Customers.Where(c => c.Id == r.Customer).Select(c => c.Version))),
        PutBack("interactions", r => r.Interaction, r => r.Version(db => db.Interactions.Where(i => i.Id == r.Interaction).Select(i => i.Version))),
        PutBack("tasks", r => r.Task, r => r.Version(db => db.Tasks.Where(t => t.Id == r.Task).Select(t => t.Version))),
        new("customers/{id:long}/history/{change:long}/undo", r => r.Customer, async r => With([], await r.Version(db => db.Customers.Where(c => c.Id == r.Customer).Select(c => c.Version)))) { Without = ["change"], Change = r => r.Changes["customers"] },
        new("customers/{id:long}/cell", r => r.Customer, async r => With(new() { ["field"] = "owner", ["OwnerId"] = Text(r.Member) }, await r.Version(db => db.Customers.Where(c => c.Id == r.Customer).Select(c => c.Version))), Cell)
        { Without = ["TeamId", "ServiceTierId", "OrganisationId", "Custom[member]", "Custom[customer]", "Custom[choice]"] },
        new("customers/views/new", null, r => Of(("Name", $"View {Make.Number()}"), ("SharedWith", "Team"), ("TeamId", r.Team), ("Query", "stage=lead")), ("TeamId", r => r.Team)),
        new("customers/views/{id:long}/edit", r => r.View, async r => With(new() { ["Name"] = "View", ["SharedWith"] = "Team", ["TeamId"] = Text(r.Team) }, await r.Version(db => db.SavedViews.Where(v => v.Id == r.View).Select(v => v.Version))), ("TeamId", r => r.Team)),
        Bare("customers/views/{id:long}/query", r => r.View),
        Bare("customers/views/{id:long}/pin", r => r.View),
        Bare("customers/views/{id:long}/unpin", r => r.View),
        Bare("customers/views/{id:long}/up", r => r.View),
        Bare("customers/views/{id:long}/down", r => r.View),
        Bare("customers/views/{id:long}/begin", r => r.View),
        Bare("customers/views/{id:long}/not-begin", r => r.View),
        Bare("customers/views/{id:long}/delete", r => r.View),
        Bare("customers/views/{id:long}/restore", r => r.DeletedView),
        new("quality/inventory/{name}", null, r => Of(("OwnerId", r.Member), ("Purpose", "To write"), ("Version", 0)), ("OwnerId", r => r.Member)),
        new("quality/inventory/{name}/cell", null, r => Of(("field", "owner"), ("OwnerId", r.Member)), ("OwnerId", r => r.Member)),
        new("quality/rules/new", null, r => Task.FromResult(Rule(r)), Rules),
        new("quality/rules/{id:long}", r => r.StaleRule, async r => With(Rule(r), await r.Version(db => db.StaleRules.Where(s => s.Id == r.StaleRule).Select(s => s.Version))), Rules),
        Bare("quality/rules/{id:long}/on", r => r.StaleRule),
        Bare("quality/rules/{id:long}/off", r => r.StaleRule),
        Bare("quality/rules/{id:long}/delete", r => r.StaleRule),
        Bare("quality/rules/{id:long}/restore", r => r.DeletedStaleRule),
        new("recycle-bin/restore", null, r => Of(("kind", "customer"), ("ids", r.Archived)), ("ids", r => r.Archived)),
        Bare("imports/{id:long}/run", r => r.Import),
        Bare("imports/{id:long}/revert", r => r.Import),
        Bare("imports/{id:long}/delete", r => r.Import),
        new("customers/bulk", null, r => Of(("ids", r.Customer), ("act", "field")), ("ids", r => r.Customer)),
        new("customers/bulk/export", null, r => Of(("ids", r.Customer)), ("ids", r => r.Customer)),
        new("customers/bulk/log", null, r => Of(("ids", r.Customer)), ("ids", r => r.Customer)),
        new("customers/bulk/{id:long}/field", r => r.BulkEdit, r => Of(("Field", "ownerId"), ("Value", r.Member)), ("Value", r => r.Member)),
        new("customers/bulk/{id:long}/tags", r => r.BulkEdit, _ => Of(("Act", "Add"), ("Value", "VIP"))),
        new("customers/bulk/{id:long}/log", r => r.BulkEdit, _ => Of(("Channel", "Call"), ("Subject", "Mailing"))),
        Bare("customers/bulk/{id:long}/run", r => r.BulkEdit),
        Bare("customers/bulk/{id:long}/undo", r => r.BulkEdit),
        Bare("account/api-keys/{id:long}/revoke", r => r.ApiKey),
        Bare("account/api-keys/{id:long}/restore", r => r.RevokedApiKey),
    ];

    private static (string Field, Func<FormRows, long> Id)[] Customers =>
        [("ServiceTierId", r => r.Tier), ("OwnerId", r => r.Member), ("TeamId", r => r.Team), ("OrganisationId", r => r.Organisation), ("Custom[member]", r => r.Member), ("Custom[customer]", r => r.Referred), ("Custom[choice]", r => r.FieldOption)];

    private static (string Field, Func<FormRows, long> Id)[] Cell => [("OwnerId", r => r.Member)];

    private static (string Field, Func<FormRows, long> Id)[] Tasks => [("OwnerId", r => r.Member), ("CustomerId", r => r.Customer)];

    private static (string Field, Func<FormRows, long> Id)[] Cases =>
        [("CustomerId", r => r.Customer), ("OwnerId", r => r.Member), ("TeamId", r => r.Team), ("ProductId", r => r.CaseProduct), ("OrderId", r => r.CaseOrder)];

    private static Body Complaint(FormRows rows) => new()
    {
        ["CustomerId"] = Text(rows.Customer),
        ["Subject"] = "It broke",
        ["Kind"] = "Complaint",
        ["OwnerId"] = Text(rows.Member),
        ["TeamId"] = Text(rows.Team),
        ["ProductId"] = Text(rows.CaseProduct),
        ["OrderId"] = Text(rows.CaseOrder),
    };

    // the change that counts is the one in the address
    private static ValidForm PutBack(string records, Func<FormRows, long> id, Func<FormRows, Task<int>> version) =>
        new(records + "/{id:long}/history/{change:long}/restore", id, async r => With([], await version(r))) { Without = ["change"], Change = r => r.Changes[records] };

    private static ValidForm Bare(string route, Func<FormRows, long> id) => new(route, id, _ => Of());

    private static Body Customer(FormRows rows) => new()
    {
        ["Kind"] = "Person",
        ["Name"] = $"Customer {Make.Number()}",
        ["Stage"] = "Lead",
        ["OwnerId"] = Text(rows.Member),
        ["TeamId"] = Text(rows.Team),
        ["OrganisationId"] = Text(rows.Organisation),
        ["ServiceTierId"] = Text(rows.Tier),
        ["Custom[member]"] = Text(rows.Member),
        ["Custom[customer]"] = Text(rows.Referred),
        ["Custom[choice]"] = Text(rows.FieldOption),
    };

    private static (string Field, Func<FormRows, long> Id)[] Rules => [("ViewId", r => r.View), ("MemberId", r => r.Member)];

    private static Body Rule(FormRows rows) => new()
    {
        ["Name"] = "Old leads",
        ["Stages"] = "Lead",
        ["ViewId"] = Text(rows.View),
        ["Since"] = "Either",
        ["Days"] = "30",
        ["TaskTitle"] = "Check",
        ["MemberId"] = Text(rows.Member),
        ["DueInDays"] = "7",
        ["MostPerNight"] = "10",
    };

    private static Body Todo(FormRows rows) => new()
    {
        ["Title"] = "Call back",
        ["DueOn"] = "2030-01-01",
        ["OwnerId"] = Text(rows.Member),
        ["Priority"] = "Normal",
        ["CustomerId"] = Text(rows.Customer),
    };

    private static Body With(Body body, int version)
    {
        body["Version"] = Text(version);
        return body;
    }

    private static Task<Body> Of(params (string Field, object Value)[] fields) => Task.FromResult(fields.ToDictionary(f => f.Field, f => Convert.ToString(f.Value, CultureInfo.InvariantCulture)!));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One row of each kind of a tenant, in the state its forms need.</summary>
internal sealed record FormRows(TestTenant Tenant, long Member, long Team, long Customer, long Archived, long Organisation, long Interaction, long Planned, long DeletedInteraction)
{
    public long Task { get; private init; }

    public long DeletedTask { get; private init; }

    public long Invitation { get; private init; }

    /// <summary>A text; there are also a member, a customer and a choice, by these names.</summary>
    public long Field { get; private init; }

    public long FieldOption { get; private init; }

    public long FieldGroup { get; private init; }

    /// <summary>Whom a custom field names.</summary>
    public long Referred { get; private init; }

    public long View { get; private init; }

    public long DeletedView { get; private init; }

    public long File { get; private init; }

    public long DeletedFile { get; private init; }

    public long StaleRule { get; private init; }

    public long DeletedStaleRule { get; private init; }

    public long Import { get; private init; }

    public long BulkEdit { get; private init; }

    /// <summary>A change that can be taken back, of the customer, the interaction and the task.</summary>
    public Dictionary<string, long> Changes { get; } = new(StringComparer.Ordinal);
    public long ApiKey { get; private init; }

    /// <summary>Of the admin.</summary>
    public long Notification { get; private init; }

    public long Merge { get; private init; }

    public long Pair { get; private init; }

    public long RevokedApiKey { get; private init; }

    public long Case { get; private init; }

    public long DeletedCase { get; private init; }

    public long CaseProduct { get; private init; }

    /// <summary>Of the customer.</summary>
    public long CaseOrder { get; private init; }

    public long RootCause { get; private init; }

    public long Tier { get; private init; }

    public long Holiday { get; private init; }

    public static async Task<FormRows> Of(TestTenant tenant)
    {
        var (now, member) = (tenant.Host.Clock.Now, await Make.Member(tenant, Role.Sales));
        var (customer, archived) = (await Make.Customer(tenant), await Make.Customer(tenant));
        var (deletedInteraction, deletedTask) = (await Make.Interaction(tenant, customer), await Make.Task(tenant, member, customerId: customer));
        var deletedView = await Make.View(tenant.Admin, "stage=lead");
        var deletedFile = await Make.File(tenant, customer);
        var deletedCase = await Make.Case(tenant, customer);
        var revoked = (await Make.ApiKey(tenant.Admin)).Id;
        var deletedRule = await Make.StaleRule(tenant);
        await Make.Field(tenant, CustomFieldType.Member, "Member");
        await Make.Field(tenant, CustomFieldType.Customer, "Customer");
        var choice = await Make.Field(tenant, CustomFieldType.Choice, "Choice", null, "One");
        var rows = new FormRows(
            tenant, member.Id, await Make.Team(tenant), customer, archived, await Make.Customer(tenant, with: c => c with { Kind = CustomerKind.Organisation }),
            await Make.Interaction(tenant, customer), await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = now.AddDays(1), IsPlanned = true }), deletedInteraction)
        {
            Task = await Make.Task(tenant, member, customerId: customer),
            DeletedTask = deletedTask,
            Field = (await Make.Field(tenant, CustomFieldType.Text)).Id,
            FieldOption = choice.Options[0].Id,
            Referred = await Make.Customer(tenant),
            FieldGroup = await tenant.Use(async db =>
            {
                var group = new CustomFieldGroup("Group", 1);
                db.CustomFieldGroups.Add(group);
                await db.SaveChangesAsync();
                return group.Id;
            }),
            File = await Make.File(tenant, customer),
            DeletedFile = deletedFile,
            View = await Make.View(tenant.Admin, "stage=lead"),
            DeletedView = deletedView,
            StaleRule = await Make.StaleRule(tenant),
            DeletedStaleRule = deletedRule,
            Import = await Make.Import(tenant, "id,Name\n1,Ann\n"),
            BulkEdit = await Make.BulkEdit(tenant, null, [customer]),
            ApiKey = (await Make.ApiKey(tenant.Admin)).Id,
            Notification = await Make.Notification(tenant.Admin, NotificationKind.Stage, customer),
            RevokedApiKey = revoked,
            Case = await Make.Case(tenant, customer),
            DeletedCase = deletedCase,
            CaseProduct = await Make.Product(tenant),
            CaseOrder = await Make.Order(tenant, customer),
            RootCause = await Make.RootCause(tenant),
            Tier = await Make.Tier(tenant),
            Holiday = await Make.Holiday(tenant),
            Pair = await Make.Pair(tenant, await Make.Customer(tenant), await Make.Customer(tenant)),
            Merge = await Make.Merge(tenant, await Make.Customer(tenant), await Make.Customer(tenant)),
            Invitation = await tenant.Use(async db =>
            {
                var invitation = new Invitation($"invited{Make.Number()}@example.org", Role.Sales, null, tenant.Admin.Id, Guid.NewGuid().ToString("N"), now);
                db.Invitations.Add(invitation);
                await db.SaveChangesAsync();
                return invitation.Id;
            }),
        };
        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == archived)).Archive(now);
            (await db.Interactions.SingleAsync(i => i.Id == deletedInteraction)).Delete(now);
            (await db.Tasks.SingleAsync(t => t.Id == deletedTask)).Delete(now);
            (await db.Attachments.SingleAsync(a => a.Id == deletedFile)).Delete(now);
            var edited = await db.Customers.SingleAsync(c => c.Id == customer);
            edited.Change(CustomerDetails.Of(edited) with { City = "Bonn" }, now);
            (await db.Interactions.SingleAsync(i => i.Id == rows.Interaction)).Change(new InteractionDetails { OccurredAt = now, Subject = "Talked" }, now);
            (await db.Tasks.SingleAsync(t => t.Id == rows.Task)).Note = "Noted";
            (await db.SavedViews.SingleAsync(v => v.Id == deletedView)).Delete(now);
            (await db.ApiKeys.SingleAsync(k => k.Id == revoked)).Revoke(now);
            (await db.StaleRules.SingleAsync(r => r.Id == deletedRule)).Delete(now);
            (await db.Cases.SingleAsync(c => c.Id == deletedCase)).Delete(now);
            return await db.SaveChangesAsync();
        });
        rows.Changes["customers"] = (await tenant.LastChange(RecordKind.Customer, customer, "city")).Id;
        rows.Changes["interactions"] = (await tenant.LastChange(RecordKind.Interaction, rows.Interaction, "subject")).Id;
        rows.Changes["tasks"] = (await tenant.LastChange(RecordKind.Task, rows.Task, "note")).Id;
        return rows;
    }

    public Task<int> Version(Func<CrmDb, IQueryable<int>> of) => Tenant.Use(db => of(db).SingleAsync());
}
