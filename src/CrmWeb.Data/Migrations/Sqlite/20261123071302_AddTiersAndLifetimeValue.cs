using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddTiersAndLifetimeValue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "CadenceDays",
                table: "ServiceTiers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FrozenRule",
                table: "Segments",
                type: "TEXT",
                maxLength: 16000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AlivePercent",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EffectiveTierId",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ExpectedOrders",
                table: "Customers",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PredictedValue",
                table: "Customers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClvModels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CalibrationEnd = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Unit = table.Column<int>(type: "INTEGER", nullable: false),
                    Customers = table.Column<int>(type: "INTEGER", nullable: false),
                    RepeatBuyers = table.Column<int>(type: "INTEGER", nullable: false),
                    R = table.Column<double>(type: "REAL", nullable: true),
                    Alpha = table.Column<double>(type: "REAL", nullable: true),
                    A = table.Column<double>(type: "REAL", nullable: true),
                    B = table.Column<double>(type: "REAL", nullable: true),
                    LogLikelihood = table.Column<double>(type: "REAL", nullable: true),
                    P = table.Column<double>(type: "REAL", nullable: true),
                    Q = table.Column<double>(type: "REAL", nullable: true),
                    V = table.Column<double>(type: "REAL", nullable: true),
                    Correlation = table.Column<double>(type: "REAL", nullable: true),
                    Margin = table.Column<double>(type: "REAL", nullable: true),
                    ActualRepeats = table.Column<string>(type: "TEXT", nullable: false),
                    ExpectedRepeats = table.Column<string>(type: "TEXT", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClvModels", x => x.Id);
                    table.UniqueConstraint("AK_ClvModels_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_ClvModels_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.AddCheckConstraint(
                name: "CK_Segments_FrozenRule_Length",
                table: "Segments",
                sql: "length(\"FrozenRule\") <= 16000");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers",
                columns: new[] { "TenantId", "EffectiveTierId", "LastInteractionAt" },
                filter: "\"EffectiveTierId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_PredictedValue_Id",
                table: "Customers",
                columns: new[] { "TenantId", "PredictedValue", "Id" },
                filter: "\"PredictedValue\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ClvModels_TenantId_At",
                table: "ClvModels",
                columns: new[] { "TenantId", "At" });

            migrationBuilder.AddForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_EffectiveTierId",
                table: "Customers",
                columns: new[] { "TenantId", "EffectiveTierId" },
                principalTable: "ServiceTiers",
                principalColumns: new[] { "TenantId", "Id" });

            CrmWeb.Data.Providers.TiersAtFirst.Fill(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Customers_ServiceTiers_TenantId_EffectiveTierId",
                table: "Customers");

            migrationBuilder.DropTable(
                name: "ClvModels");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Segments_FrozenRule_Length",
                table: "Segments");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_EffectiveTierId_LastInteractionAt",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_PredictedValue_Id",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "CadenceDays",
                table: "ServiceTiers");

            migrationBuilder.DropColumn(
                name: "FrozenRule",
                table: "Segments");

            migrationBuilder.DropColumn(
                name: "AlivePercent",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "EffectiveTierId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ExpectedOrders",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "PredictedValue",
                table: "Customers");
        }
    }
}
