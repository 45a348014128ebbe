namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>The order of a list by a custom field: those who have a value in the order of its index, and after them, in both directions, those who have none.</summary>
internal static class CustomSort
{
    public static IEnumerable<Func<IQueryable<Customer>, IQueryable<Customer>>> Ranges(CustomField field, CustomerCursor? from, bool down, bool backwards)
    {
        var beyond = from is { Name: null, Number: null };
        if (field.Type == CustomFieldType.Choice) return ByOption(field, from, beyond, down, backwards);
        Func<IQueryable<Customer>, IQueryable<Customer>> filled = customers => Filled(customers, field, beyond ? null : from, down);
        Func<IQueryable<Customer>, IQueryable<Customer>> empty = customers => Empty(customers, field, beyond ? from : null, down);
        if (backwards) return from is not null && !beyond ? [filled] : [empty, filled];
        return beyond ? [empty] : [filled, empty];
    }

    /// <summary>Options stand in the order of the field: each is a range of its index, read one after the other.</summary>
    private static IEnumerable<Func<IQueryable<Customer>, IQueryable<Customer>>> ByOption(CustomField field, CustomerCursor? from, bool beyond, bool down, bool backwards)
    {
        var options = field.Options.OrderBy(option => option.Position).ThenBy(option => option.Id).Select(option => option.Id).ToList();
        if (down) options.Reverse();
        var at = beyond || from is null ? 0 : Math.Max(0, options.IndexOf(from.Number ?? 0));
        Func<IQueryable<Customer>, IQueryable<Customer>> empty = customers => Empty(customers, field, beyond ? from : null, down);
        if (backwards && (from is null || beyond)) yield return empty;
        if (backwards || !beyond)
        {
            foreach (var option in options[at..])
            {
                var after = !beyond && from?.Number == option ? from : null;
                yield return customers => OfOption(customers, option, after, down);
            }
        }

        if (!backwards) yield return empty;
    }

    private static IQueryable<Customer> OfOption(IQueryable<Customer> customers, long option, CustomerCursor? from, bool down)
    {
        var values = customers.SelectMany(c => c.CustomValues.Where(v => v.OptionId == option), (c, v) => new Valued { Customer = c, Value = v });
        if (from is { Id: var id }) values = down ? values.Where(x => x.Value.CustomerId < id) : values.Where(x => x.Value.CustomerId > id);
        return (down ? values.OrderByDescending(x => x.Value.CustomerId) : values.OrderBy(x => x.Value.CustomerId)).Select(x => x.Customer);
    }

    private static IQueryable<Customer> Filled(IQueryable<Customer> customers, CustomField field, CustomerCursor? from, bool down)
    {
        if (field.Type is CustomFieldType.Member or CustomFieldType.Customer) return ByShownName(Named(customers, field), from, down).Select(x => x.Customer);
        var id = field.Id;
        var values = customers.SelectMany(c => c.CustomValues.Where(v => v.FieldId == id), (c, v) => new Valued { Customer = c, Value = v });
        if (field.Type.IsText()) return ByText(values.Where(x => x.Value.TextNormal != null), from, down).Select(x => x.Customer);
        return field.Type == CustomFieldType.Date
            ? ByDate(values.Where(x => x.Value.Date != null), from, down).Select(x => x.Customer)
            : ByNumber(values.Where(x => x.Value.Number != null), from, down).Select(x => x.Customer);
    }

    /// <summary>A customer that the reader does not see, or that is archived, has no name here, as it has none in the list: nobody learns it from the order.</summary>
    private static IQueryable<NamedValue> Named(IQueryable<Customer> customers, CustomField field)
    {
        var id = field.Id;
        return field.Type == CustomFieldType.Member
            ? customers.SelectMany(c => c.CustomValues.Where(v => v.FieldId == id && v.MemberId != null), (c, v) => new NamedValue { Customer = c, Name = v.Member!.Name, Of = v.MemberId!.Value })
            : customers.SelectMany(
                c => c.CustomValues.Where(v => v.FieldId == id && v.Reference != null && v.Reference.DeletedAt == null),
                (c, v) => new NamedValue { Customer = c, Name = v.Reference!.NameNormal, Of = v.ReferenceId!.Value });
    }

#pragma warning disable CA1309, CA1310, MA0001 // compared by the database, byte by byte

    // two of one name are kept apart by their ids, so that an engine may walk from the names to their values
    private static IOrderedQueryable<NamedValue> ByShownName(IQueryable<NamedValue> values, CustomerCursor? from, bool down)
    {
        if (from is { Name: { } name, Id: var id })
        {
            var of = from.Number ?? 0;
            values = down
                ? values.Where(x => string.Compare(x.Name, name) <= 0 && (string.Compare(x.Name, name) < 0 || x.Of < of || (x.Of == of && x.Customer.Id < id)))
                : values.Where(x => string.Compare(x.Name, name) >= 0 && (string.Compare(x.Name, name) > 0 || x.Of > of || (x.Of == of && x.Customer.Id > id)));
        }

        return down
            ? values.OrderByDescending(x => x.Name).ThenByDescending(x => x.Of).ThenByDescending(x => x.Customer.Id)
            : values.OrderBy(x => x.Name).ThenBy(x => x.Of).ThenBy(x => x.Customer.Id);
    }

    private static IOrderedQueryable<Valued> ByText(IQueryable<Valued> values, CustomerCursor? from, bool down)
    {
        if (from is { Name: { } text, Id: var id })
        {
            values = down
                ? values.Where(x => string.Compare(x.Value.TextNormal, text) <= 0 && (string.Compare(x.Value.TextNormal, text) < 0 || x.Value.CustomerId < id))
                : values.Where(x => string.Compare(x.Value.TextNormal, text) >= 0 && (string.Compare(x.Value.TextNormal, text) > 0 || x.Value.CustomerId > id));
        }

        return down
            ? values.OrderByDescending(x => x.Value.TextNormal).ThenByDescending(x => x.Value.CustomerId)
            : values.OrderBy(x => x.Value.TextNormal).ThenBy(x => x.Value.CustomerId);
    }

#pragma warning restore CA1309, CA1310, MA0001

    private static IOrderedQueryable<Valued> ByNumber(IQueryable<Valued> values, CustomerCursor? from, bool down)
    {
        if (from is { Number: { } number, Id: var id })
        {
            values = down
                ? values.Where(x => x.Value.Number <= number && (x.Value.Number < number || x.Value.CustomerId < id))
                : values.Where(x => x.Value.Number >= number && (x.Value.Number > number || x.Value.CustomerId > id));
        }

        return down
            ? values.OrderByDescending(x => x.Value.Number).ThenByDescending(x => x.Value.CustomerId)
            : values.OrderBy(x => x.Value.Number).ThenBy(x => x.Value.CustomerId);
    }

    private static IOrderedQueryable<Valued> ByDate(IQueryable<Valued> values, CustomerCursor? from, bool down)
    {
        if (from is { Number: { } number, Id: var id })
        {
            var day = DateOnly.FromDayNumber((int)Math.Clamp(number, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
            values = down
                ? values.Where(x => x.Value.Date <= day && (x.Value.Date < day || x.Value.CustomerId < id))
                : values.Where(x => x.Value.Date >= day && (x.Value.Date > day || x.Value.CustomerId > id));
        }

        return down
            ? values.OrderByDescending(x => x.Value.Date).ThenByDescending(x => x.Value.CustomerId)
            : values.OrderBy(x => x.Value.Date).ThenBy(x => x.Value.CustomerId);
    }

    private static IQueryable<Customer> Empty(IQueryable<Customer> customers, CustomField field, CustomerCursor? from, bool down)
    {
        var of = field.Id;
        customers = field.Type == CustomFieldType.Customer
            ? customers.Where(c => !c.CustomValues.Any(v => v.FieldId == of && v.Reference != null && v.Reference.DeletedAt == null))
            : customers.Where(c => !c.CustomValues.Any(v => v.FieldId == of));
        if (from is { Id: var id }) customers = down ? customers.Where(c => c.Id < id) : customers.Where(c => c.Id > id);
        return down ? customers.OrderByDescending(c => c.Id) : customers.OrderBy(c => c.Id);
    }

    private sealed class Valued
    {
        public required Customer Customer { get; init; }

        public required CustomValue Value { get; init; }
    }

    private sealed class NamedValue
    {
        public required Customer Customer { get; init; }

        public required string Name { get; init; }

        /// <summary>The member or customer of the name.</summary>
        public required long Of { get; init; }
    }
}
