using System.Text.RegularExpressions;
using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Architecture;

/// <summary>Nothing escapes the history: no type of row, and no statement that writes past the change tracker.</summary>
public sealed partial class HistoryRules
{
    /// <summary>
    /// Every write past the change tracker: its file, how many there are, and how the history tells it (or why there is nothing to tell). Whoever adds
    /// one counts it here after having told it.
    /// </summary>
    private static readonly Dictionary<string, (int Count, string Told)> WritesPastTheTracker = new(StringComparer.Ordinal)
    {
        ["src/CrmWeb.Data/AbandonedImports.cs"] = (1, "imports that never ran: they changed nothing"),
        ["src/CrmWeb.Data/AttachmentsKept.cs"] = (1, "told beside the statement"),
        ["src/CrmWeb.Data/BulkEditsUndone.cs"] = (1, "how far an undo came"),
        ["src/CrmWeb.Data/CustomFieldCache.cs"] = (1, "a number that says that definitions changed"),
        ["src/CrmWeb.Data/CustomFieldUniqueness.cs"] = (3, "keys that follow from values"),
        ["src/CrmWeb.Data/CrmDb.cs"] = (1, "locks"),
        ["src/CrmWeb.Data/CustomerFacts.cs"] = (1, "when customers changed in what segments judge by"),
        ["src/CrmWeb.Data/FactsTouched.cs"] = (5, "facts that follow from interactions, orders, deals and cases"),
        ["src/CrmWeb.Data/CustomerRfm.cs"] = (2, "scores that follow from orders"),
        ["src/CrmWeb.Data/CustomersAlike.cs"] = (6, "told beside each statement, or by the tags that follow"),
        ["src/CrmWeb.Data/CustomersInBulk.cs"] = (9, "changes are told; a new customer names its import, or is told by whoever makes it"),
        ["src/CrmWeb.Data/DreamClassifying.cs"] = (3, "what follows from what was sold"),
        ["src/CrmWeb.Data/ProductPairing.cs"] = (2, "numbers that follow from what was sold"),
        ["src/CrmWeb.Data/ForecastKeeping.cs"] = (1, "numbers that follow from the deals"),
        ["src/CrmWeb.Data/StagesHeld.cs"] = (4, "a lock; each moved deal is told beside the statement, and its stays follow"),
        ["src/CrmWeb.Data/TeamsNamed.cs"] = (4, "each deal and case is told beside the statement; sums follow from the deals"),
        ["src/CrmWeb.Data/History/ChangeWriting.cs"] = (3, "the history itself"),
        ["src/CrmWeb.Data/Duplicates/DuplicateMatching.cs"] = (1, "guesses about customers"),
        ["src/CrmWeb.Data/Duplicates/DuplicateScan.cs"] = (2, "guesses about customers"),
        ["src/CrmWeb.Data/ImportedCustomers.cs"] = (2, "one row a removed customer, beside the statement; guesses about them"),
        ["src/CrmWeb.Data/ImportedContacts.cs"] = (3, "a new contact names its import; told beside the statement"),
        ["src/CrmWeb.Data/ImportedOrders.cs"] = (6, "told beside the statement; what a night found out about products that go"),
        ["src/CrmWeb.Data/OrdersInBulk.cs"] = (3, "a new order is told by whoever makes it, or names its import"),
        ["src/CrmWeb.Data/JobQueue.cs"] = (4, "a queue"),
        ["src/CrmWeb.Data/MailQueue.cs"] = (3, "a queue"),
        ["src/CrmWeb.Data/MembersHeld.cs"] = (3, "a lock, and when somebody and a key were last seen"),
        ["src/CrmWeb.Data/Merging/CustomerMerging.cs"] = (2, "keys that follow from values; a guess about two customers"),
        ["src/CrmWeb.Data/Merging/CustomerRelation.cs"] = (2, "each moved row is told; the history moves along"),
        ["src/CrmWeb.Data/Merging/CustomerUnmerging.cs"] = (1, "keys that follow from values"),
        ["src/CrmWeb.Data/Providers/MemberLocks.cs"] = (1, "locks, and writes nothing"),
        ["src/CrmWeb.Data/NotificationMailing.cs"] = (3, "which notifications wait for a mail"),
        ["src/CrmWeb.Data/NotificationReading.cs"] = (2, "what a member has read, and a number that says that it changed"),
        ["src/CrmWeb.Data/NotificationWriting.cs"] = (2, "what members are told of changes that are told themselves"),
        ["src/CrmWeb.Data/OldRows.cs"] = (1, "what nobody needs any more: rows above tenants, finished jobs, invitations long past their term"),
        ["src/CrmWeb.Data/Providers/BulkWrite.cs"] = (4, "the tool; each caller is listed"),
        ["src/CrmWeb.Data/Providers/CostStatement.cs"] = (1, "what follows from a cost, which is told"),
        ["src/CrmWeb.Data/Providers/CustomerHold.cs"] = (2, "locks"),
        ["src/CrmWeb.Data/Providers/SegmentHold.cs"] = (2, "locks"),
        ["src/CrmWeb.Data/Providers/Statements.cs"] = (1, "the tool; each caller is listed"),
        ["src/CrmWeb.Data/Providers/LongWrite.cs"] = (2, "settings of a connection"),
        ["src/CrmWeb.Data/Providers/Preparation.cs"] = (1, "a setting of the file"),
        ["src/CrmWeb.Data/Providers/WorthStatement.cs"] = (2, "what follows from a rate, which is told"),
        ["src/CrmWeb.Data/Providers/SearchWrite.cs"] = (4, "texts that follow from the customer"),
        ["src/CrmWeb.Data/Providers/Statistics.cs"] = (2, "what the engine plans by"),
        ["src/CrmWeb.Data/Quality/QualityCounting.cs"] = (3, "numbers that follow from the customers"),
        ["src/CrmWeb.Data/Seeds/DemoQuality.cs"] = (1, "made-up numbers of a tenant that is being made"),
        ["src/CrmWeb.Data/Seeds/TenantLoad.cs"] = (6, "made-up rows of a tenant that has no history yet"),
        ["src/CrmWeb.Data/Service/CaseAlarms.cs"] = (2, "when somebody was warned, which their notification says"),
        ["src/CrmWeb.Data/ViewsSeen.cs"] = (1, "a number that says that views changed"),
        ["src/CrmWeb.Web/Features/Accounts/Joining.cs"] = (1, "told beside the statement"),
        ["src/CrmWeb.Web/Features/Accounts/TenantFounding.cs"] = (1, "a registration stands above tenants"),
        ["src/CrmWeb.Data/Service/CaseAlarms.cs"] = (2, "when somebody was warned, which their notification says"),
        ["src/CrmWeb.Data/Providers/MembershipStatement.cs"] = (7, "who is in a segment follows from its rule, which is told; a table of the connection"),
        ["src/CrmWeb.Data/Segments/SegmentBook.cs"] = (7, "a lock; memberships are a record of their own, with an event each; numbers that follow"),
        ["src/CrmWeb.Data/Segments/TierFollowing.cs"] = (1, "told beside the statement"),
        ["src/CrmWeb.Data/Segments/SegmentJudging.cs"] = (1, "up to when customers were judged"),
        ["src/CrmWeb.Data/Segments/SegmentRefresh.cs"] = (2, "when customers were judged"),
        ["src/CrmWeb.Data/Service/ClockMoving.cs"] = (2, "times that follow from the calendar and the rules, which are told; a queue"),
        ["src/CrmWeb.Web/Features/Cases/CaseStateController.cs"] = (1, "an event that did not happen after all; that the case was closed and is not is told"),
        ["src/CrmWeb.Web/Features/Costs/CostWriting.cs"] = (1, "a queue"),
        ["src/CrmWeb.Web/Features/CustomFields/FieldConversion.cs"] = (2, "values that are lost are told; the others by the field"),
        ["src/CrmWeb.Web/Features/CustomFields/FieldGroupsController.cs"] = (1, "fields without their heading: told by the group that goes"),
        ["src/CrmWeb.Web/Features/Customers/Bulk/BulkRun.cs"] = (3, "how far a bulk edit came, and whom it left alone"),
        ["src/CrmWeb.Web/Features/Customers/Bulk/BulkUndo.cs"] = (3, "how far an undo came, and what it left alone"),
        ["src/CrmWeb.Web/Features/Imports/BatchWriting.cs"] = (1, "changes are told; a new customer names its import"),
        ["src/CrmWeb.Web/Features/Imports/ImportCheck.cs"] = (2, "a dry run"),
        ["src/CrmWeb.Web/Features/Imports/ImportRunning.cs"] = (3, "how far an import came; its end is told"),
        ["src/CrmWeb.Web/Features/Imports/InteractionPlanning.cs"] = (1, "refused rows; a new contact names its import"),
        ["src/CrmWeb.Web/Features/Imports/OrderWritten.cs"] = (1, "changes are told; a new order names its import"),
        ["src/CrmWeb.Web/Features/Imports/ImportSteps.cs"] = (1, "rows of a dry run"),
        ["src/CrmWeb.Web/Features/Imports/ImportVerb.cs"] = (1, "a dry run"),
        ["src/CrmWeb.Web/Features/Members/TeamRemoval.cs"] = (1, "told beside the statement"),
        ["src/CrmWeb.Web/Platform/Api/IdempotencyFilter.cs"] = (2, "an answer that is kept for a day"),
        ["src/CrmWeb.Web/Platform/Security/LoginTries.cs"] = (3, "logins stand above tenants"),
        ["src/CrmWeb.Web/Platform/Security/Sessions.cs"] = (3, "logins stand above tenants"),
        ["src/CrmWeb.Web/Platform/Security/TwoFactor.cs"] = (1, "logins stand above tenants"),
    };

    [Fact]
    public void EveryTenantOwnedType_IsToldOrNamedWithAReason()
    {
        using var db = DesignTime.Context(Provider.Sqlite);
        foreach (var type in db.Model.GetEntityTypes().Select(type => type.ClrType).Where(type => type.IsAssignableTo(typeof(ITenantOwned)) || type == typeof(Tenant)))
        {
            var places = new[] { Told.Records.ContainsKey(type), Told.Parts.ContainsKey(type), Told.Silent.ContainsKey(type) };
            Assert.True(places.Count(there => there) == 1, $"{type.Name} belongs into one of the tables of Told: Records, Parts or Silent");
        }

        Assert.All(Told.Silent.Values, reason => Assert.NotEmpty(reason));
    }

    [Fact]
    public void EveryExceptedProperty_IsThere()
    {
        foreach (var (type, told) in Told.Records)
            foreach (var name in told.Untold.Concat(told.Secret)) Assert.True(type.GetProperty(name) is not null, $"{type.Name}.{name}");
    }

    /// <summary>K8: what only its hash or cipher is kept of is not told either.</summary>
    [Fact]
    public void K8_Secrets_AreTold_WithoutTheirValues()
    {
        using var db = DesignTime.Context(Provider.Sqlite);
        foreach (var (type, told) in Told.Records)
            foreach (var property in db.Model.FindEntityType(type)!.GetProperties().Where(p => SecretName().IsMatch(p.Name)))
                Assert.True(told.Secret.Concat(told.Untold).Contains(property.Name, StringComparer.Ordinal), $"{type.Name}.{property.Name} looks like a secret");
    }

    [Fact]
    public void EveryToldText_FitsIntoTheHistory()
    {
        using var db = DesignTime.Context(Provider.Sqlite);
        var told = Told.Records.Keys.Concat(Told.Parts.Keys).SelectMany(type => db.Model.FindEntityType(type)!.GetProperties());
        Assert.All(told.Where(p => p.ClrType == typeof(string)), p => Assert.InRange(p.GetMaxLength() ?? int.MaxValue, 1, Change.ValueLength));
    }

    [Fact]
    public void EveryWritePastTheTracker_IsToldOrNeedsNoTelling()
    {
        var found = Repository.Files("src", "*.cs").Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(file => (file.Path, Count: Write().Count(file.Text))).Where(file => file.Count > 0)
            .ToDictionary(file => file.Path, file => file.Count, StringComparer.Ordinal);
        Assert.Equal(
            WritesPastTheTracker.OrderBy(known => known.Key, StringComparer.Ordinal).Select(known => $"{known.Key}: {known.Value.Count}"),
            found.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}: {file.Value}"));
    }

    [GeneratedRegex("Hash|Token|Secret|Password|ApiKey|Cipher", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\b(?:ExecuteUpdateAsync|ExecuteDeleteAsync|ExecuteSql\w*|BulkInsert|BulkUpdate|statements\.Add)\b[(<]", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Write();
}
