using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CrmWeb.Data.Migrations.PostgreSql
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
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FrozenRule",
                table: "Segments",
                type: "character varying(16000)",
                maxLength: 16000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AlivePercent",
                table: "Customers",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EffectiveTierId",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "ExpectedOrders",
                table: "Customers",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PredictedValue",
                table: "Customers",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClvModels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CalibrationEnd = table.Column<DateOnly>(type: "date", nullable: false),
                    Unit = table.Column<int>(type: "integer", nullable: false),
                    Customers = table.Column<int>(type: "integer", nullable: false),
                    RepeatBuyers = table.Column<int>(type: "integer", nullable: false),
                    R = table.Column<double>(type: "double precision", nullable: true),
                    Alpha = table.Column<double>(type: "double precision", nullable: true),
                    A = table.Column<double>(type: "double precision", nullable: true),
                    B = table.Column<double>(type: "double precision", nullable: true),
                    LogLikelihood = table.Column<double>(type: "double precision", nullable: true),
                    P = table.Column<double>(type: "double precision", nullable: true),
                    Q = table.Column<double>(type: "double precision", nullable: true),
                    V = table.Column<double>(type: "double precision", nullable: true),
                    Correlation = table.Column<double>(type: "double precision", nullable: true),
                    Margin = table.Column<double>(type: "double precision", nullable: true),
                    ActualRepeats = table.Column<List<double>>(type: "double precision[]", nullable: false),
                    ExpectedRepeats = table.Column<List<double>>(type: "double precision[]", nullable: false),
                    TenantId = table.Column<long>(type: "bigint", nullable: false)
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
