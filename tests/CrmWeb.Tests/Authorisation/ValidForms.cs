using System.Globalization;
using CrmWeb.Tests.Support;
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
        // instants, and no ids
        new("cases/{id:long}/open", r => r.Case, _ => Of()) { Without = ["since", "at"] },
        Bare("cases/{id:long}/wait", r => r.Case),
        Bare("cases/{id:long}/answer", r => r.Case),
        new("cases/{id:long}/answer/undo", r => r.Case, _ => Of()) { Without = ["at"] },
        new("cases/{id:long}/resolve", r => r.Case, r => Of(("RootCauseId", r.RootCause)), ("RootCauseId", r => r.RootCause)),
        Bare("cases/{id:long}/close", r => r.Case),
        new("cases/{id:long}/close/undo", r => r.Case, _ => Of()) { Without = ["at"] },
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
        new("settings/teams/{id:long}/delete", r => r.Team, r => Of(("MoveToId", r.OtherTeam)), ("MoveToId", r => r.OtherTeam)),
        new("settings/teams/restore", null, r => Of(("name", $"Team {Make.Number()}"), ("members", r.Member)), ("members", r => r.Member)),
        new("settings/fields/new", null, r => Of(("Type", "Text"), ("Label", $"Field {Make.Number()}"), ("GroupId", r.FieldGroup)), ("GroupId", r => r.FieldGroup)),
        new("settings/fields/{id:long}", r => r.Field, r => Of(("Label", "Field"), ("Version", 0), ("GroupId", r.FieldGroup)), ("GroupId", r => r.FieldGroup)),
        Bare("settings/fields/{id:long}/up", r => r.Field),
        Bare("settings/fields/{id:long}/down", r => r.Field),
        Bare("settings/fields/{id:long}/retire", r => r.Field),
        Bare("settings/fields/{id:long}/restore", r => r.Field),
        new("settings/fields/{id:long}/type", r => r.Field, _ => Of(("To", "LongText"), ("Version", 0))),
        Bare("settings/fields/{id:long}/type/go-on", r => r.Field),
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
        new("segments/new", null, r => Of(("Name", $"Segment {Make.Number()}"), ("OwnerId", r.Member), ("Mode", "text"), ("Text", "orderCount > 3")), ("OwnerId", r => r.Member)),
        new("segments/{id:long}/edit", r => r.Segment, async r => With(await Of(("Name", $"Segment {Make.Number()}"), ("OwnerId", r.Member), ("Mode", "text"), ("Text", "orderCount > 1")), await r.Version(db => db.Segments.Where(s => s.Id == r.Segment).Select(s => s.Version))), ("OwnerId", r => r.Member)),
        new("segments/{id:long}/card", r => r.Segment, async r => With(await Of(("Message", "Hello"), ("ServiceTierId", r.Tier), ("ProductIds", r.Product)), await r.Version(db => db.Segments.Where(s => s.Id == r.Segment).Select(s => s.Version))), ("ServiceTierId", r => r.Tier), ("ProductIds", r => r.Product)),
        // how far a count has come: bounds of ids, and no ids
        new("segments/preview/count", null, _ => Of(("Mode", "text"), ("Text", ""))) { Without = ["UpTo", "Last", "Width"] },
        Bare("segments/{id:long}/refresh", r => r.Segment),
        Bare("segments/{id:long}/freeze", r => r.Segment),
        Bare("segments/{id:long}/delete", r => r.Segment),
        Bare("segments/{id:long}/restore", r => r.DeletedSegment),
        Bare("segments/{id:long}/thaw", r => r.FrozenSegment),
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
        new("customers/bulk/lists", null, r => Of(("ids", r.Customer)), ("ids", r => r.Customer)),
        new("customers/bulk/log", null, r => Of(("ids", r.Customer)), ("ids", r => r.Customer)),
        new("customers/bulk/{id:long}/field", r => r.BulkEdit, r => Of(("Field", "ownerId"), ("Value", r.Member)), ("Value", r => r.Member)),
        new("customers/bulk/{id:long}/tags", r => r.BulkEdit, _ => Of(("Act", "Add"), ("Value", "VIP"))),
        new("customers/bulk/{id:long}/lists", r => r.BulkEdit, r => Of(("Act", "Add"), ("Value", r.List)), ("Value", r => r.List)),
        new("customers/bulk/{id:long}/log", r => r.BulkEdit, _ => Of(("Channel", "Call"), ("Subject", "Mailing"))),
        Bare("customers/bulk/{id:long}/run", r => r.BulkEdit),
        Bare("customers/bulk/{id:long}/undo", r => r.BulkEdit),
        new("products/new", null, _ => Of(("Code", $"P-{Make.Number()}"), ("Name", "Kettle"), ("Currency", "EUR"), ("UnitPrice", "12.50"))),
        new("products/{id:long}/edit", r => r.Product, async r => With(await Of(("Code", $"P-{Make.Number()}"), ("Name", "Kettle"), ("Currency", "EUR")), await r.Version(db => db.Products.Where(p => p.Id == r.Product).Select(p => p.Version)))),
        Bare("products/{id:long}/activate", r => r.Product),
        Bare("products/{id:long}/deactivate", r => r.Product),
        Bare("products/{id:long}/archive", r => r.Product),
        Bare("products/{id:long}/restore", r => r.DeletedProduct),
        new("products/dream-sector/criteria", null, async r => With(await Of(("IsOn", "true"), ("Enter", 60), ("Leave", 50), ("Rows[0].Measure", "Margin"), ("Rows[0].Weight", 1), ("Rows[0].None", 0), ("Rows[0].Full", 50)), await r.Version(db => db.Tenants.Where(t => t.Id == r.Tenant.Id).Select(t => t.Version)))),
        new("orders/new", null, r => Task.FromResult(Order(r)), ("CustomerId", r => r.Customer), ("Lines[0].ProductId", r => r.Product)) { Without = ["remove"] },
        new("orders/{id:long}/edit", r => r.Order, async r => With(Order(r), await r.Version(db => db.Orders.Where(o => o.Id == r.Order).Select(o => o.Version))), ("CustomerId", r => r.Customer), ("Lines[0].ProductId", r => r.Product)) { Without = ["remove"] },
        Bare("orders/{id:long}/pay", r => r.Order),
        Bare("orders/{id:long}/unpay", r => r.Order),
        new("orders/{id:long}/return", r => r.Order, r => Of(("ReasonId", r.ReturnReason)), ("ReasonId", r => r.ReturnReason)),
        Bare("orders/{id:long}/keep", r => r.Order),
        Bare("orders/{id:long}/delete", r => r.Order),
        Bare("orders/{id:long}/restore", r => r.DeletedOrder),
        new("settings/rates", null, _ => Of(("Currency", "CHF"), ("Day", "2024-01-01"), ("Rate", "1.05"))),
        new("settings/rates/{id:long}", r => r.Rate, async r => With(await Of(("Rate", "0.9")), await r.Version(db => db.ExchangeRates.Where(x => x.Id == r.Rate).Select(x => x.Version)))),
        Bare("settings/rates/{id:long}/delete", r => r.Rate),
        new("settings/costs", null, _ => Of(("Of", "contact-call"), ("Day", "2024-01-01"), ("Amount", "1.05"))),
        new("settings/costs/{id:long}", r => r.Cost, async r => With(await Of(("Amount", "39")), await r.Version(db => db.CostRates.Where(x => x.Id == r.Cost).Select(x => x.Version)))),
        Bare("settings/costs/{id:long}/delete", r => r.Cost),
        new("deals/new", null, r => Of(("Name", "Deal"), ("CustomerId", r.Customer), ("StageId", r.Stage), ("OwnerId", r.Member), ("TeamId", r.Team), ("Lines[0].ProductId", r.Product)),
            ("CustomerId", r => r.Customer), ("StageId", r => r.Stage), ("OwnerId", r => r.Member), ("TeamId", r => r.Team), ("Lines[0].ProductId", r => r.Product)),
        // a deal stays with its customer, and moves by another form
        new("deals/{id:long}/edit", r => r.Deal, async r => With(new() { ["Name"] = "Deal", ["CustomerId"] = Text(r.Customer), ["OwnerId"] = Text(r.Member), ["TeamId"] = Text(r.Team), ["Lines[0].ProductId"] = Text(r.Product) },
            await r.Version(db => db.Deals.Where(d => d.Id == r.Deal).Select(d => d.Version))), ("OwnerId", r => r.Member), ("TeamId", r => r.Team), ("Lines[0].ProductId", r => r.Product)) { Without = ["CustomerId", "StageId"] },
        // where the deal is not any more it is not moved from
        new("deals/{id:long}/stage", r => r.Deal, r => Of(("StageId", r.OtherStage), ("From", r.Stage), ("OwnerId", r.Member)), ("StageId", r => r.OtherStage), ("OwnerId", r => r.Member)) { Without = ["From"] },
        new("deals/{id:long}/won", r => r.Deal, r => Of(("ReasonId", r.WonReason)), ("ReasonId", r => r.WonReason)),
        new("deals/{id:long}/lost", r => r.Deal, r => Of(("ReasonId", r.LostReason)), ("ReasonId", r => r.LostReason)),
        Bare("deals/{id:long}/reopen", r => r.Deal),
        Bare("deals/{id:long}/delete", r => r.Deal),
        Bare("deals/{id:long}/restore", r => r.DeletedDeal),
        // a new pipeline has no stages yet that could be put in order
        new("settings/pipelines/new", null, _ => Of(("Name", $"Pipeline {Make.Number()}"))) { Without = ["StageIds"] },
        new("settings/pipelines/{id:long}", r => r.Pipeline, async r => With(new() { ["Name"] = "Pipeline", ["StageIds"] = Text(r.Stage) }, await r.Version(db => db.Pipelines.Where(p => p.Id == r.Pipeline).Select(p => p.Version))), ("StageIds", r => r.Stage)),
        Bare("settings/pipelines/{id:long}/up", r => r.Pipeline),
        Bare("settings/pipelines/{id:long}/down", r => r.Pipeline),
        Bare("settings/pipelines/{id:long}/delete", r => r.Pipeline),
        Bare("settings/pipelines/{id:long}/restore", r => r.Pipeline),
        new("settings/pipelines/{id:long}/stages/new", r => r.Pipeline, _ => Of(("Name", "Stage"), ("Probability", 50))),
        new("settings/stages/{id:long}", r => r.Stage, async r => With(new() { ["Name"] = "Stage", ["Probability"] = "50" }, await r.Version(db => db.Stages.Where(s => s.Id == r.Stage).Select(s => s.Version)))),
        Bare("settings/stages/{id:long}/up", r => r.Stage),
        Bare("settings/stages/{id:long}/down", r => r.Stage),
        new("settings/stages/{id:long}/delete", r => r.Stage, r => Of(("MoveToId", r.OtherStage)), ("MoveToId", r => r.OtherStage)),
        Bare("settings/stages/{id:long}/restore", r => r.Stage),
        new("settings/reasons/{id:long}", r => r.WonReason, async r => With(new() { ["Name"] = "Reason" }, await r.Version(db => db.Reasons.Where(x => x.Id == r.WonReason).Select(x => x.Version)))),
        Bare("settings/reasons/{id:long}/up", r => r.WonReason),
        Bare("settings/reasons/{id:long}/down", r => r.WonReason),
        Bare("settings/reasons/{id:long}/delete", r => r.WonReason),
        Bare("settings/reasons/{id:long}/restore", r => r.WonReason),
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

    private static Body Order(FormRows rows) => new()
    {
        ["CustomerId"] = Text(rows.Customer),
        ["PlacedAt"] = "2026-01-01T10:00",
        ["Channel"] = "Web",
        ["Currency"] = "EUR",
        ["Lines[0].ProductId"] = Text(rows.Product),
        ["Lines[0].Quantity"] = "2",
        ["Lines[0].UnitPrice"] = "12.50",
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
