using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>When the tenant works, each day as it is typed.</summary>
public sealed class OpeningForm
{
    [Display(Name = "Monday")] public string? Monday { get; set; }
    [Display(Name = "Tuesday")] public string? Tuesday { get; set; }
    [Display(Name = "Wednesday")] public string? Wednesday { get; set; }
    [Display(Name = "Thursday")] public string? Thursday { get; set; }
    [Display(Name = "Friday")] public string? Friday { get; set; }
    [Display(Name = "Saturday")] public string? Saturday { get; set; }
    [Display(Name = "Sunday")] public string? Sunday { get; set; }

    /// <summary>How many cases the person was told would move; the form comes back until it is so.</summary>
    public int? Told { get; set; }

    /// <summary>What the form began with: whether somebody else saved meanwhile (R1).</summary>
    public string? Seen { get; set; }

    public string? this[DayOfWeek day]
    {
        get => day switch
        {
            DayOfWeek.Monday => Monday,
            DayOfWeek.Tuesday => Tuesday,
            DayOfWeek.Wednesday => Wednesday,
            DayOfWeek.Thursday => Thursday,
            DayOfWeek.Friday => Friday,
            DayOfWeek.Saturday => Saturday,
            _ => Sunday,
        };
        private set => _ = day switch
        {
            DayOfWeek.Monday => Monday = value,
            DayOfWeek.Tuesday => Tuesday = value,
            DayOfWeek.Wednesday => Wednesday = value,
            DayOfWeek.Thursday => Thursday = value,
            DayOfWeek.Friday => Friday = value,
            DayOfWeek.Saturday => Saturday = value,
            _ => Sunday = value,
        };
    }

    public static OpeningForm Of(IReadOnlyCollection<OpeningTime> week)
    {
        var form = new OpeningForm();
        foreach (var day in Enum.GetValues<DayOfWeek>()) form[day] = OpeningText.Write(week.Where(span => span.Day == day).Select(span => new DaySpan(span.Opens, span.Closes)));
        form.Seen = string.Join('|', Enum.GetValues<DayOfWeek>().Select(day => form[day]));
        return form;
    }

    /// <summary>Days that somebody else saved since the form was opened. Those that were left alone here take over what they say now.</summary>
    /// <param name="now">The week as it is.</param>
    /// <param name="mine">The week as it is typed.</param>
    public List<(DayOfWeek Day, string? Theirs, string? Mine)> Meanwhile(OpeningForm now, OpeningForm mine)
    {
        var changed = new List<(DayOfWeek, string?, string?)>();
        if (Seen?.Split('|') is not { Length: 7 } seen || Seen == now.Seen) return changed;
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (now[day] == seen[(int)day] || now[day] == mine[day]) continue;
            changed.Add((day, now[day], mine[day]));
            if (mine[day] == seen[(int)day]) this[day] = now[day];
        }

        Seen = now.Seen;
        return changed;
    }

    /// <summary>The week as typed, spans over midnight cut in two; what is wrong is said by the day at whose field it is.</summary>
    public List<OpeningTime> Read(IStringLocalizer L, Action<DayOfWeek, string> wrong)
    {
        var spans = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new List<DaySpan>());
        var refused = false;
        void Refuse(DayOfWeek day, string why)
        {
            refused = true;
            wrong(day, why);
        }

        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var error = OpeningText.Read(this[day], out var its, out var rest);
            if (error == OpeningError.Unreadable) Refuse(day, L["Write times like 9:00–12:30, 14:00–18:00, or nothing for a day on which you are closed."]);
            if (error == OpeningError.Overlapping) Refuse(day, L["Two of these times overlap."]);
            spans[day].AddRange(its);
            if (rest is { } after) spans[(DayOfWeek)(((int)day + 1) % 7)].Add(after);
        }

        foreach (var (day, its) in spans)
        {
            if (!refused && OpeningText.Overlap([.. its.OrderBy(span => span.Opens)])) Refuse(day, L["These times overlap with those of the night before."]);
        }

        if (!refused && spans.Values.All(its => its.Count == 0)) Refuse(DayOfWeek.Monday, L["Say at least one time at which you are open: clocks that never run are no promise."]);
        return [.. spans.SelectMany(day => OpeningText.Joined(day.Value).Select(span => new OpeningTime(day.Key, span.Opens, span.Closes)))];
    }
}

public sealed class HolidayForm
{
    [Display(Name = "Day")] public DateOnly? Day { get; set; }
    [Display(Name = "Name")] public string? Name { get; set; }
    public int? Told { get; set; }
}

public sealed class HolidayFormValidator : AbstractValidator<HolidayForm>
{
    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2200, 1, 1);

    public HolidayFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Day).NotNull().WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Day).InclusiveBetween(First, Last).WithMessage(_ => L["This date is too far away."]);
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).MaximumLength(Holiday.NameLength).WithMessage(_ => L["At most {0} characters.", Holiday.NameLength]);
    }
}

public sealed class TierForm
{
    [Display(Name = "Name")] public string? Name { get; set; }

    [Display(Name = "A contact every so many days")] public int? CadenceDays { get; set; }

    /// <summary>The name that the form began with (R1): the tier may have moved since, which is no matter here.</summary>
    public string? Seen { get; set; }

    /// <summary>Likewise the days.</summary>
    public int? SeenDays { get; set; }

    public static TierForm Of(ServiceTier tier) => new() { Name = tier.Name, CadenceDays = tier.CadenceDays, Seen = tier.Name, SeenDays = tier.CadenceDays };

    /// <summary>Somebody saved something else since the form was opened.</summary>
    public bool IsStale(ServiceTier now) =>
        Seen is not null && ((now.Name != Seen && now.Name != Name?.Trim()) || (now.CadenceDays != SeenDays && now.CadenceDays != CadenceDays));
}

public sealed class TierFormValidator : AbstractValidator<TierForm>
{
    public TierFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).MaximumLength(ServiceTier.NameLength).WithMessage(_ => L["At most {0} characters.", ServiceTier.NameLength]);
        RuleFor(f => f.CadenceDays).Must(days => days is null or (>= 1 and <= ContactCadence.MaxDays)).WithMessage(_ => L["Between 1 and {0} days, or empty.", ContactCadence.MaxDays]);
    }
}

/// <summary>What is promised for one priority to customers of one tier.</summary>
public sealed class LevelRow
{
    public Priority Priority { get; set; }
    public long? TierId { get; set; }
    [Display(Name = "Answer within")] public string? Answer { get; set; }
    [Display(Name = "Resolve within")] public string? Resolve { get; set; }

    /// <summary>What was promised when the form was opened, in minutes (R1).</summary>
    public string? Seen { get; set; }

    public static string Minutes(int? answer, int? resolve) => string.Create(CultureInfo.InvariantCulture, $"{answer}/{resolve}");
}

public sealed class LevelsForm
{
    public List<LevelRow> Rows { get; set; } = [];
    public int? Told { get; set; }

    /// <summary>How long a business day was when the form was opened: what is typed in days means those.</summary>
    public int? DayMinutes { get; set; }
}
